import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';

/**
 * Undoes a gzip that we did not ask for. What cannot be undone – another encoding, a broken stream, one that unfolds
 * beyond the limit – is given back as it came: whether it is an envelope all the same is for the decoder to say, and
 * the bytes stay as evidence.
 *
 * @param limit the most bytes it may unfold to
 */
export function inflate(body: Buffer, headers: IncomingHttpHeaders, limit: number): Buffer {
  if (!/^\s*(?:x-)?gzip\s*$/i.test(headers['content-encoding'] ?? '')) return body;
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch {
    // zlib throws for nothing but the data.
    return body;
  }
}
