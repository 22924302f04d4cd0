import { leave } from '../session.js';
import { readProblem, type Failure, type Result } from './problem.js';
import { language } from '../text/language.js';
import { t } from '../text/t.js';

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  /** In the place of a body: the file as it is. */
  readonly file?: Blob;
  readonly idempotencyKey?: string;
  /** The form of the answer, where it has several. */
  readonly accept?: string;
  /** To sign in with it; every other call has the session. */
  readonly key?: string;
  /** It only asks whether there is a session: 401 is an answer then, and no error. */
  readonly isAsking?: boolean;
}

const NO_ANSWER = t('call.no-answer');
const SIGNED_OUT = t('call.signed-out');

type Method = 'GET' | 'POST' | 'DELETE';

/** Calls the gateway. When it does not know the session any more, a person has to sign in again. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<Result<T>> {
  const answer = await send(method, path, options);
  return answer.ok ? readValue<T>(await answer.value.text()) : answer;
}

/** Asks for a file. */
export async function callForFile(
  path: string,
  query: CallOptions['query'] = {},
  accept?: string,
): Promise<Result<Blob>> {
  return await send('GET', path, { query, ...(accept === undefined ? {} : { accept }) });
}

async function send(method: Method, path: string, options: CallOptions): Promise<Result<Blob>> {
  const { query = {}, body, file, idempotencyKey, key, accept = 'application/json', isAsking = false } = options;
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  // Without the second one the cookie counts for nothing: no other site can send it.
  const headers = new Headers({
    accept,
    // Which a person may have chosen against the browser's.
    'accept-language': language,
    'x-vestibule-console': '1',
  });
  const sent = file ?? (body === undefined ? undefined : JSON.stringify(body));
  let response: Response;
  let answer: Blob;
  try {
    if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (file !== undefined) headers.set('content-type', 'application/octet-stream');
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
    response = await fetch(path + search, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(sent === undefined ? {} : { body: sent }),
    });
    answer = await response.blob();
  } catch (error) {
    // A key that no header can hold is a wrong key, not a gateway that is away.
    if (key !== undefined && error instanceof TypeError && !headers.has('authorization'))
      return failed(401, SIGNED_OUT);
    return failed(0, NO_ANSWER);
  }
  if (response.ok) return { ok: true, value: answer };
  if (response.status === 401 && key === undefined && !isAsking) leave(SIGNED_OUT);
  return { ok: false, problem: readProblem(response.status, await answer.text()) };
}

function failed(status: number, detail: string): Failure {
  return { ok: false, problem: { status, detail, fields: {} } };
}

function readValue<T>(text: string): Result<T> {
  try {
    // 204 has none.
    return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
  } catch {
    // A page of a proxy, such as its sign-in, with a status of success.
    return failed(0, NO_ANSWER);
  }
}
