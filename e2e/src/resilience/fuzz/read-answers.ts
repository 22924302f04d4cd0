import { parseHead, type RawAnswer } from '../../harness/raw-http.js';

export interface ReadAnswers {
  readonly answers: readonly RawAnswer[];
  /** Bytes that are no whole answer (yet). */
  readonly rest: number;
}

const HEAD_END = '\r\n\r\n';

/** Reads the answers of a connection; interim ones (100) are skipped. @param verbs of the requests, in order */
export function readAnswers(bytes: Buffer, verbs: readonly string[]): ReadAnswers {
  const answers: RawAnswer[] = [];
  let at = 0;
  for (;;) {
    const headEnd = bytes.indexOf(HEAD_END, at);
    if (headEnd === -1) break;
    const { status, headers } = parseHead(bytes.toString('latin1', at, headEnd));
    const start = headEnd + HEAD_END.length;
    if (status === 100) {
      at = start;
      continue;
    }
    const isEmpty = verbs[answers.length] === 'HEAD' || status === 204 || status === 304;
    const body = isEmpty ? { text: '', end: start } : readBody(bytes, start, headers);
    if (body === undefined) break;
    answers.push({ status, headers, text: body.text });
    at = body.end;
  }
  return { answers, rest: bytes.length - at };
}

/** @returns undefined when not all of it is here */
function readBody(
  bytes: Buffer,
  start: number,
  headers: ReadonlyMap<string, string>,
): { text: string; end: number } | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes, start);
  const end = start + Number(headers.get('content-length') ?? 0);
  return end > bytes.length ? undefined : { text: bytes.toString('utf8', start, end), end };
}

function readChunks(bytes: Buffer, start: number): { text: string; end: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (end > bytes.length) return undefined;
    if (size === 0) return { text: Buffer.concat(chunks).toString('utf8'), end };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
