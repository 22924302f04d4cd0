import type { ApiDocument } from '../../harness/openapi.js';
import type { Exchange } from './exchange.js';
import type { FuzzedConnection } from './fuzzed-requests.js';
import type { RawAnswer } from '../../harness/raw-http.js';

/** What no answer may show: a stack, a file, the name of an exception, a framework's default page. */
const TRACES = /\bat .+:\d+:\d+|node_modules|\.[jt]s\b|\b\w*Error\b|<html|\bselect\b.+\bfrom\b/i;
/** What may be wrong with any request before a call is recognised. */
const BEFORE_A_CALL = [400, 401, 404, 408, 413, 415, 431];
const KOSHELEK_TYPE = 'application/json; charset=utf-8;';

/** Whether everything that came back is as promised. @returns the faults, one sentence each */
export function judge(
  { listener, operationId, ending, verbs }: FuzzedConnection,
  { answers, rest, isStuck }: Exchange,
  document: ApiDocument,
): string[] {
  const faults = isStuck ? ['it was not answered in time, and the connection stayed open'] : [];
  // Who hangs up may have gone before the answer, or in the middle of it.
  if (ending !== 'hang-up') {
    if (answers.length === 0 && !isStuck) faults.push('the connection was closed without an answer');
    if (rest > 0 && !isBodyOfHead(answers.at(-1), verbs[answers.length - 1], rest))
      faults.push(`${rest} bytes of an answer are no whole answer`);
  }
  const most = verbs.length + (isEndOfBroken(answers.at(-1)) ? 1 : 0);
  if (answers.length > most) faults.push(`${answers.length} answers came to ${verbs.length} requests`);
  for (const answer of answers) {
    faults.push(...faultsOfAny(answer));
    faults.push(...(listener === 'public' ? faultsOfPublic(answer) : faultsOfInternal(answer, operationId, document)));
  }
  return faults;
}

/** The rest of a request whose length was a lie is answered as a request of its own, and ends the connection. */
function isEndOfBroken(answer: RawAnswer | undefined): boolean {
  return answer !== undefined && [400, 422].includes(answer.status) && answer.headers.get('connection') === 'close';
}

/** A request that is too broken to be read is answered with a body and the end of the connection, whatever its verb is. */
function isBodyOfHead(answer: RawAnswer | undefined, verb: string | undefined, rest: number): boolean {
  if (answer === undefined || verb !== 'HEAD' || answer.status < 400) return false;
  return answer.headers.get('connection') === 'close' && Number(answer.headers.get('content-length')) === rest;
}

function faultsOfAny({ status, headers, text }: RawAnswer): string[] {
  return [
    ...(status >= 500 || Number.isNaN(status) ? [`the status is ${status}: ${text.slice(0, 300)}`] : []),
    ...(status >= 400 && TRACES.test(text) ? [`the answer ${status} shows our inside: ${text.slice(0, 300)}`] : []),
    ...(headers.has('x-request-id') ? [] : [`the answer ${status} has no X-Request-Id`]),
  ];
}

/** The form of every answer to Кошелёк. */
function faultsOfPublic({ status, headers, text }: RawAnswer): string[] {
  // 400: of a head that HTTP itself refuses.
  if (![200, 400, 401, 422].includes(status)) return [`the public listener answers ${status}`];
  if (headers.get('content-type') !== KOSHELEK_TYPE) return [`its type is ${headers.get('content-type')}`];
  if (text === '') return [];
  const body = parse(text);
  if (body === undefined) return ['the answer is not JSON'];
  if (status === 200) return [];
  const { code, description } = body as { code?: unknown; description?: unknown };
  const isKnown = /^[1-5]\d{3}$/.test(String(code)) && /[а-яё]/i.test(String(description));
  return isKnown ? [] : [`the answer ${status} has no code of the contract: ${text.slice(0, 300)}`];
}

/** The form of every answer to our own services; of a call of the document, all that it says. */
function faultsOfInternal(answer: RawAnswer, operationId: string | undefined, document: ApiDocument): string[] {
  const { status, headers, text } = answer;
  const type = headers.get('content-type') ?? '';
  const body = type.includes('json') && !type.includes('ndjson') ? parse(text) : text;
  if (body === undefined && text !== '') return [`the answer ${status} is not JSON`];
  if (status >= 400 && text !== '') {
    const { title, detail, status: said } = (body ?? {}) as Record<string, unknown>;
    if (type !== 'application/problem+json') return [`the answer ${status} has the type ${type}`];
    if (said !== status || !title || !detail) return [`the answer ${status} is no problem: ${text.slice(0, 300)}`];
  }
  if (operationId === undefined || BEFORE_A_CALL.includes(status)) return [];
  return document.faultsOf(operationId, { status, headers: new Headers([...headers]) }, type, body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What it throws says nothing more than that: it is not JSON.
    return undefined;
  }
}
