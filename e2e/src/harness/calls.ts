import type { GatewayProcess } from './gateway-process.js';

export interface Answer<T> {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly body: T;
}

/** What a problem+json says. */
export interface ProblemView {
  readonly detail: string;
  readonly errors?: readonly { pointer: string; detail: string }[];
}

/** Calls the internal port with a key, by default a producer's. */
export async function call<T>(
  gateway: Pick<GatewayProcess, 'internalUrl'>,
  method: 'GET' | 'POST',
  path: string,
  { body, secret = 'test-orders-key' }: { body?: unknown; secret?: string } = {},
): Promise<Answer<T>> {
  const response = await fetch(gateway.internalUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as T,
  };
}
