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
 * Decompresses an answer whose compression we did not request. If that fails – another encoding, a broken stream, more
 * than the limit – the bytes are returned unchanged: the decoder decides whether they are an envelope, and they remain
 * as evidence.
 *
 * @param limit the most bytes after decompression
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
