import { currentSession, signOut } from '../session.js';
import { readProblem, type Problem, type Result } from './problem.js';
import { t } from '../text/t.js';

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** Instead of the session's, to find out whether it is one. */
  readonly key?: string;
}

const NO_ANSWER = t('call.no-answer');
const SIGNED_OUT = t('call.signed-out');

/** Calls the gateway. A key that it refuses ends the session. */
export async function call<T>(method: 'GET' | 'POST', path: string, options: CallOptions = {}): Promise<Result<T>> {
  const { query = {}, body, idempotencyKey } = options;
  const key = options.key ?? currentSession()?.key ?? '';
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  const headers = new Headers({ accept: 'application/json' });
  let response: Response;
  let text: string;
  try {
    headers.set('authorization', `Bearer ${key}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
    response = await fetch(path + search, {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    // A key that no header can hold is a wrong key, not a gateway that is away.
    if (error instanceof TypeError && !headers.has('authorization')) return failed(401, SIGNED_OUT);
    return failed(0, NO_ANSWER);
  }
  if (response.ok) return readValue<T>(text);
  if (response.status === 401 && options.key === undefined) signOut(SIGNED_OUT);
  return { ok: false, problem: readProblem(response.status, text) };
}

function failed(status: number, detail: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { status, detail, fields: {} } };
}

function readValue<T>(text: string): Result<T> {
  try {
    return { ok: true, value: JSON.parse(text) as T };
  } catch {
    // A page of a proxy, such as its sign-in, with a status of success.
    return failed(0, NO_ANSWER);
  }
}
