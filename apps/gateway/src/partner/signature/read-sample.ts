import type { KnownPair } from '@vestibule/signer';

export type Sample = Omit<KnownPair, 'signature'>;

/** `POST /path HTTP/1.1`: the file is a whole request, not a body. */
const REQUEST_LINE = /^(?<method>[A-Z]+) (?<target>\S+)(?: HTTP\/\d(?:\.\d)?)?\r?\n/;
/** The time of the envelope, in both forms (troika-business.md, "Envelope"). */
const HEAD_TIME = /"time"\s*:\s*"(?<date>\d{4}-\d\d-\d\d)[ T](?<time>\d\d:\d\d:\d\d) ?(?<zone>[+-]\d\d:\d\d)"/;

/**
 * Reads a sample of a request: a whole HTTP message, or its body alone, which then goes to `url`. A line end behind the
 * body, which editors add, is not part of it.
 *
 * @param url the address of the partner, for the path and the query
 */
export function readSample(bytes: Buffer, url: string | undefined): Sample {
  const line = REQUEST_LINE.exec(bytes.toString('latin1'));
  return line?.groups === undefined
    ? sampleOf({}, 'POST', url ?? 'http://unknown/', bytes)
    : readMessage(bytes.subarray(line[0].length), line.groups['method'] ?? '', line.groups['target'] ?? '');
}

function readMessage(rest: Buffer, method: string, target: string): Sample {
  const end = /\r?\n\r?\n/.exec(rest.toString('latin1'));
  const head = end === null ? rest : rest.subarray(0, end.index);
  const body = end === null ? Buffer.alloc(0) : rest.subarray(end.index + end[0].length);
  const headers = Object.fromEntries(
    head
      .toString('latin1')
      .split(/\r?\n/)
      .map((line) => /^([^:\s]+):\s*(.*?)\s*$/.exec(line))
      .flatMap((found) => (found === null ? [] : [[found[1], found[2]] as const])),
  );
  return sampleOf(headers, method, new URL(target, 'http://unknown/').href, body);
}

function sampleOf(headers: Record<string, string>, method: string, url: string, bytes: Buffer): Sample {
  const body = withoutLineEnd(bytes);
  const valueOf = (name: string): string | undefined =>
    Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  const { pathname, search } = new URL(url);
  const date = dateOf(valueOf('date'), body);
  return {
    request: {
      method,
      path: pathname,
      query: search.slice(1),
      contentType: valueOf('content-type') ?? 'application/json',
      body,
      date: date ?? new Date(0),
    },
    headers,
    isDated: date !== undefined || Object.values(headers).some((value) => /^\d{10}$/.test(value)),
  };
}

function dateOf(header: string | undefined, body: Buffer): Date | undefined {
  const { date, time, zone } = HEAD_TIME.exec(body.toString())?.groups ?? {};
  const text = header ?? (date === undefined ? undefined : `${date}T${time}${zone}`);
  const read = new Date(text ?? '');
  return Number.isNaN(read.getTime()) ? undefined : read;
}

function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1;
  return bytes.subarray(0, end);
}
