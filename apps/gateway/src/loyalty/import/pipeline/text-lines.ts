/** A line of a file, without its end. */
export interface TextLine {
  /** From 1, as an editor counts. */
  readonly number: number;
  /** `undefined` when the bytes are not UTF-8, or the line is longer than any real one. */
  readonly text: string | undefined;
}

/** No line of a registry comes near it; a file without line ends must not fill the memory. */
const MOST_BYTES = 64 * 1024;
const LINE_FEED = 10;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Cuts a stream of bytes into lines. It holds one line at a time. Empty lines are counted and left out.
 *
 * A line is bytes up to a line feed, which UTF-8 has in no other character: so one damaged line costs no other.
 */
export async function* readTextLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  let number = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const endLine = (last: Buffer): TextLine | undefined => {
    number += 1;
    const tooLong = restBytes + last.length > MOST_BYTES;
    const bytes = tooLong ? last : Buffer.concat([...rest, last]);
    rest = [];
    restBytes = 0;
    if (tooLong) return { number, text: undefined };
    const text = decode(bytes);
    return text?.trim() === '' ? undefined : { number, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      const line = endLine(chunk.subarray(from, end));
      if (line !== undefined) yield line;
      from = end + 1;
    }
    restBytes += chunk.length - from;
    if (restBytes <= MOST_BYTES) rest.push(chunk.subarray(from));
    else rest = [];
  }
  if (restBytes > 0) {
    const line = endLine(Buffer.alloc(0));
    if (line !== undefined) yield line;
  }
}

function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    // The only thing a decoder throws: these bytes are not UTF-8.
    return undefined;
  }
}
