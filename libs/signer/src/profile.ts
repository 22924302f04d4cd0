import type { SignatureEncoding } from './encoding.js';
import type { Scheme } from './schemes.js';
import type { Template } from './template.js';

/** Pre-encoding of the bytes the template gives, before they are signed. */
export const PRE_ENCODINGS = ['none', 'base64'] as const;
export type PreEncoding = (typeof PRE_ENCODINGS)[number];

/** RFC 1864 writes Content-MD5 in base64; several APIs that sign want it in hex. */
export const CONTENT_MD5_ENCODINGS = ['hex', 'base64'] as const;
export type ContentMd5Encoding = (typeof CONTENT_MD5_ENCODINGS)[number];

/** Headers in addition to the signature's own. Each is sent only when it is set. */
export interface ExtraHeaders {
  /** Name of the header for the date as HTTP writes it: `Fri, 22 Apr 2022 00:21:02 GMT`. */
  readonly date?: string;
  /** Name of the header for the Unix time in seconds. */
  readonly timestamp?: string;
  /** `Content-MD5`, and how its value is written. */
  readonly contentMd5?: ContentMd5Encoding;
  /** Name of the header for the key's id. */
  readonly keyId?: string;
}

/** A way of signing, as data; made by `parseSignatureProfile`. It holds no key. */
export interface SignatureProfile {
  readonly scheme: Scheme;
  /** `text` only with an `external` scheme. */
  readonly encoding: SignatureEncoding;
  readonly template: Template;
  readonly preEncoding: PreEncoding;
  /** Name of the signature's header. */
  readonly header: string;
  readonly extraHeaders: ExtraHeaders;
}
