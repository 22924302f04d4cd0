import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

type Undo = (body: Buffer, options: ZlibOptions) => Buffer;

/** By the name of the encoding (RFC 9110, section 8.4.1). Some servers say `deflate` and leave the zlib frame out. */
const ENCODINGS: Readonly<Record<string, readonly Undo[]>> = {
  gzip: [gunzipSync],
  'x-gzip': [gunzipSync],
  deflate: [inflateSync, inflateRawSync],
  br: [brotliDecompressSync],
};

/**
 * Undoes a compression that we did not ask for. What cannot be undone – another encoding, a broken stream, one that
 * unfolds beyond the limit – is given back as it came: whether it is an envelope all the same is for the decoder to say,
 * and the bytes stay as evidence.
 *
 * @param limit the most bytes it may unfold to
 */
export function inflate(body: Buffer, headers: IncomingHttpHeaders, limit: number): Buffer {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  for (const undo of Object.hasOwn(ENCODINGS, encoding) ? (ENCODINGS[encoding] ?? []) : []) {
    try {
      return undo(body, { maxOutputLength: limit });
    } catch {
      // zlib throws for nothing but the data.
    }
  }
  return body;
}
