export type Hash = 'md5' | 'sha1' | 'sha256' | 'sha512';

export interface HmacScheme {
  readonly kind: 'hmac';
  readonly hash: Hash;
}

/** A plain hash, and where the secret is: before, after or around the signed bytes, or inside the template. */
export interface HashScheme {
  readonly kind: 'hash';
  readonly hash: Hash;
  readonly secret: 'prefix' | 'suffix' | 'wrap' | 'template';
}

export interface RsaScheme {
  readonly kind: 'rsa';
  readonly hash: 'sha256' | 'sha512';
  readonly padding: 'pkcs1' | 'pss';
}

/** ECDSA over P-256; `der` is the ASN.1 form openssl writes, `p1363` the bare 64 bytes r‖s of JWS and WebCrypto. */
export interface EcdsaScheme {
  readonly kind: 'ecdsa';
  readonly hash: 'sha256';
  readonly form: 'der' | 'p1363';
}

export interface Ed25519Scheme {
  readonly kind: 'ed25519';
}

/** A command or an HTTP service that signs for us, with tools Node has not: CMS, GOST R 34.10-2012. */
export interface ExternalScheme {
  readonly kind: 'external';
  readonly target: { readonly command: string } | { readonly url: string };
  readonly timeoutMs: number;
  /** How many bytes the command or the service may give back. */
  readonly maxBytes: number;
}

export type AsymmetricScheme = RsaScheme | EcdsaScheme | Ed25519Scheme;
export type BuiltInScheme = HmacScheme | HashScheme | AsymmetricScheme;
export type Scheme = BuiltInScheme | ExternalScheme;

/** Every scheme that needs no help from outside, by the name it has in `TROIKA_SIGNATURE`. */
export const SCHEMES = {
  'hmac-md5': { kind: 'hmac', hash: 'md5' },
  'hmac-sha1': { kind: 'hmac', hash: 'sha1' },
  'hmac-sha256': { kind: 'hmac', hash: 'sha256' },
  'hmac-sha512': { kind: 'hmac', hash: 'sha512' },

  'md5-prefix': { kind: 'hash', hash: 'md5', secret: 'prefix' },
  'md5-suffix': { kind: 'hash', hash: 'md5', secret: 'suffix' },
  'md5-wrap': { kind: 'hash', hash: 'md5', secret: 'wrap' },
  'md5-template': { kind: 'hash', hash: 'md5', secret: 'template' },
  'sha1-prefix': { kind: 'hash', hash: 'sha1', secret: 'prefix' },
  'sha1-suffix': { kind: 'hash', hash: 'sha1', secret: 'suffix' },
  'sha1-wrap': { kind: 'hash', hash: 'sha1', secret: 'wrap' },
  'sha1-template': { kind: 'hash', hash: 'sha1', secret: 'template' },
  'sha256-prefix': { kind: 'hash', hash: 'sha256', secret: 'prefix' },
  'sha256-suffix': { kind: 'hash', hash: 'sha256', secret: 'suffix' },
  'sha256-wrap': { kind: 'hash', hash: 'sha256', secret: 'wrap' },
  'sha256-template': { kind: 'hash', hash: 'sha256', secret: 'template' },
  'sha512-prefix': { kind: 'hash', hash: 'sha512', secret: 'prefix' },
  'sha512-suffix': { kind: 'hash', hash: 'sha512', secret: 'suffix' },
  'sha512-wrap': { kind: 'hash', hash: 'sha512', secret: 'wrap' },
  'sha512-template': { kind: 'hash', hash: 'sha512', secret: 'template' },

  'rsa-sha256': { kind: 'rsa', hash: 'sha256', padding: 'pkcs1' },
  'rsa-sha512': { kind: 'rsa', hash: 'sha512', padding: 'pkcs1' },
  'rsa-pss-sha256': { kind: 'rsa', hash: 'sha256', padding: 'pss' },
  'rsa-pss-sha512': { kind: 'rsa', hash: 'sha512', padding: 'pss' },

  'ecdsa-p256-sha256': { kind: 'ecdsa', hash: 'sha256', form: 'der' },
  'ecdsa-p256-sha256-p1363': { kind: 'ecdsa', hash: 'sha256', form: 'p1363' },

  ed25519: { kind: 'ed25519' },
} as const satisfies Record<string, BuiltInScheme>;

export type SchemeName = keyof typeof SCHEMES;

export const SCHEME_NAMES = Object.keys(SCHEMES) as readonly SchemeName[];

/** The scheme of that name, or nothing. */
export function schemeNamed(name: string): BuiltInScheme | undefined {
  return Object.hasOwn(SCHEMES, name) ? SCHEMES[name as SchemeName] : undefined;
}
