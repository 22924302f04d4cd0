import { ApiError, ConnectionError } from './errors.js';
import { parseExactJson } from './exact-json.js';
import { DEFAULT_RETRY, PASSING_STATUSES, pause, pauseMs, readRetryAfter, type RetryOptions } from './retry.js';
import type { Problem } from './types.js';

export interface ClientOptions {
  /** The address of the gateway's internal port, such as `http://vestibule.internal:8081`. */
  readonly baseUrl: string;
  /** The secret of a key from the gateway's ORDERS_API_KEYS. */
  readonly apiKey: string;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryOptions>;
  /** Another `fetch`, for example one with its own dispatcher. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  /** Gives up: the call throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds; as long as any other call of the client unless given. */
  readonly timeoutMs?: number;
}

/** An answer that the caller has already. */
export interface Known {
  readonly etag: string;
  readonly body: unknown;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash; encoded. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the same call made twice does what it does once. Only then is it repeated. */
  readonly repeatable: boolean;
  /** Given back when the gateway says that it is still the same. */
  readonly known?: Known;
}

export interface Reply<T> {
  readonly body: T;
  readonly headers: Headers;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Makes calls, and retries repeatable ones after a temporary failure. */
export class Transport {
  private readonly baseUrl: string;
  private readonly timeoutMs: number;
  private readonly retry: RetryOptions;
  private readonly fetch: typeof fetch;

  constructor(private readonly options: ClientOptions) {
    requireUsable(options);
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.retry = { ...DEFAULT_RETRY, ...options.retry };
    this.fetch = options.fetch ?? globalThis.fetch;
  }

  /**
   * @throws ApiError when the gateway refused, ConnectionError when no answer arrived, TypeError for a header that HTTP
   *   cannot carry, or the reason of the signal
   */
  async call<T>(call: Call, { signal, timeoutMs = this.timeoutMs }: CallOptions = {}): Promise<Reply<T>> {
    const attempts = call.repeatable ? this.retry.attempts : 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt<T>(call, timeoutMs, signal);
      } catch (error) {
        signal?.throwIfAborted();
        const isPassing = error instanceof ConnectionError || (error instanceof ApiError && isLater(error));
        if (!isPassing || attempt >= attempts) throw error;
        const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : undefined;
        await pause(pauseMs(attempt, this.retry, retryAfterMs), signal);
      }
    }
  }

  /** Opens a live stream: no time limit, and no repetition. @throws as `call` does */
  async open(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const response = await this.send({ method: 'GET', path, headers, repeatable: false }, signal);
    if (!response.ok)
      throw new ApiError(await readProblem(response), readRetryAfter(response.headers.get('retry-after')));
    return response;
  }

  private async attempt<T>(call: Call, timeoutMs: number, signal: AbortSignal | undefined): Promise<Reply<T>> {
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await this.send(call, signal === undefined ? limit : AbortSignal.any([signal, limit]));
    if (response.status === 304 && call.known !== undefined) {
      return { body: call.known.body as T, headers: response.headers };
    }
    if (!response.ok)
      throw new ApiError(await readProblem(response), readRetryAfter(response.headers.get('retry-after')));
    try {
      return { body: parseExactJson(await response.text()) as T, headers: response.headers };
    } catch (cause) {
      throw new ConnectionError(`the answer to ${call.method} ${call.path} broke off or is no JSON`, { cause });
    }
  }

  private async send({ method, path, body, headers: given, known }: Call, signal: AbortSignal): Promise<Response> {
    const headers = {
      accept: 'application/json, application/problem+json',
      authorization: `Bearer ${this.options.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      ...given,
    };
    // A header that HTTP cannot carry is the caller's mistake; retrying cannot help.
    void new Headers(headers);
    try {
      return await this.fetch(this.baseUrl + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A gateway never redirects, and the key is not meant for other servers.
        redirect: 'error',
        signal,
      });
    } catch (cause) {
      throw new ConnectionError(`no answer to ${method} ${path}`, { cause });
    }
  }
}

/** A wrong address is refused when the client is created, not after many retries of a call. */
function requireUsable({ baseUrl, apiKey }: ClientOptions): void {
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new TypeError(
      `baseUrl must be an address such as http://vestibule.internal:8081, not ${JSON.stringify(baseUrl)}`,
    );
  }
  const { username, password, search, hash } = new URL(baseUrl);
  if (username !== '' || password !== '' || search !== '' || hash !== '') {
    throw new TypeError('baseUrl must have no credentials, no query and no fragment');
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new TypeError('apiKey must be the secret of a key from ORDERS_API_KEYS: printable ASCII without spaces');
  }
}

function isLater({ status }: ApiError): boolean {
  return PASSING_STATUSES.has(status);
}

/** A proxy on the way may answer in its own form. */
async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  if (response.headers.get('content-type')?.startsWith('application/problem+json') === true) {
    try {
      return parseExactJson(text) as Problem;
    } catch {
      // It broke off: only its status is known.
    }
  }
  const detail = 'The answer did not come from the gateway, or broke off.';
  return { type: 'about:blank', title: response.statusText, status: response.status, detail };
}
