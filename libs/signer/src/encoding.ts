/** How signature bytes become header text. `HEX` is hex in capitals. */
export const ENCODINGS = ['hex', 'HEX', 'base64', 'base64url'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** `text` is only for `external`: the command or service returns the header's text itself. */
export const EXTERNAL_ENCODINGS = ['text', ...ENCODINGS] as const;
export type SignatureEncoding = (typeof EXTERNAL_ENCODINGS)[number];

/** Visible ASCII without spaces: what a header can hold as one token. */
const HEADER_WORD = /^[\x21-\x7e]+$/;

export function isHeaderWord(text: string): boolean {
  return HEADER_WORD.test(text);
}

/** A view of the same memory, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The header text for a signature. */
export function encodeSignature(signature: Uint8Array, encoding: SignatureEncoding): string {
  const bytes = asBuffer(signature);
  switch (encoding) {
    case 'HEX':
      return bytes.toString('hex').toUpperCase();
    case 'text':
      return bytes.toString('latin1');
    case 'hex':
    case 'base64':
    case 'base64url':
      return bytes.toString(encoding);
  }
}

/**
 * The signature bytes of a header text, or nothing when the text is not exactly what `encodeSignature` would have
 * written: stray characters, the other case, a wrong padding. One signature therefore has one spelling.
 */
export function decodeSignature(text: string, encoding: SignatureEncoding): Buffer | undefined {
  if (!isHeaderWord(text)) return undefined;
  const bytes = Buffer.from(text, BUFFER_ENCODING[encoding]);
  return encodeSignature(bytes, encoding) === text ? bytes : undefined;
}

const BUFFER_ENCODING = {
  hex: 'hex',
  HEX: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  text: 'latin1',
} as const satisfies Record<SignatureEncoding, BufferEncoding>;
