import type { Call, CallOptions, Transport } from './transport.js';

/** A query string; undefined and null values are omitted. */
export type Query = Readonly<Record<string, string | number | Date | null | undefined>>;

interface Page<T> {
  readonly nextCursor: string | null;
  readonly [field: string]: T[] | string | null;
}

/**
 * Walks over a list of the API, page by page.
 *
 * @param field of the answer that holds the entries
 */
export async function* walkPages<T>(
  transport: Transport,
  path: string,
  query: Query,
  field: string,
  options: CallOptions,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | null = null;
  do {
    const call: Call = { method: 'GET', path: path + writeQuery({ ...query, cursor }), repeatable: true };
    const body: Page<T> = (await transport.call<Page<T>>(call, options)).body;
    yield* body[field] as T[];
    cursor = body.nextCursor;
  } while (cursor !== null);
}

function writeQuery(query: Query): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value != null) written.set(name, value instanceof Date ? value.toISOString() : String(value));
  }
  return written.size === 0 ? '' : `?${written.toString()}`;
}
