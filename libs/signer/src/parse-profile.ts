import { ENCODINGS, type Encoding, type SignatureEncoding } from './encoding.js';
import { type OptionTexts, readOptions, shown, type SignatureProfileOptions } from './profile-options.js';
import type { ContentMd5Encoding, ExtraHeaders, PreEncoding, SignatureProfile } from './profile.js';
import { type BuiltInScheme, type ExternalScheme, SCHEME_NAMES, type Scheme, schemeNamed } from './schemes.js';
import { holdsSecret, mentions, parseTemplate, type Template } from './template.js';

export type ParsedProfile =
  { readonly ok: true; readonly profile: SignatureProfile } | { readonly ok: false; readonly error: string };

const EXTERNAL = 'external:';
const EXTERNAL_FORMS = 'external:/path/to/command or external:https://host/path';
const DEFAULT_TIMEOUT_MS = '10000';
/** Nothing longer fits into a header: Node and nginx take 16 KiB of headers at most by default. */
const DEFAULT_MAX_BYTES = '16384';

/**
 * Reads a signature profile from a setting: `SCHEME:ENCODING` or `external:TARGET`, then options, each after a
 * semicolon: `hmac-sha1:hex;content-md5=hex`. What is allowed is listed in `SCHEMES`, `ENCODINGS`, `PLACEHOLDERS` and
 * in README.md. The error names the given value and the allowed ones; credentials in a URL are never repeated.
 */
export function parseSignatureProfile(text: string, options: SignatureProfileOptions = {}): ParsedProfile {
  const [head = '', ...entries] = text.trim().split(';');
  const external = head.startsWith(EXTERNAL);
  const read = readOptions(
    entries.filter((entry) => entry.trim() !== ''),
    options,
    external,
  );
  if (!read.ok) return read;
  const scheme = external ? readExternal(head.slice(EXTERNAL.length), read.texts) : readBuiltIn(head.trim());
  if ('error' in scheme) return { ok: false, error: scheme.error };
  const parsed = parseTemplate(options.template ?? '{body}');
  if (!parsed.ok) return parsed;
  const extraHeaders = extraHeadersOf(read.texts, parsed.template);
  const profile: SignatureProfile = {
    ...scheme,
    template: parsed.template,
    preEncoding: (read.texts.preEncoding ?? 'none') as PreEncoding,
    header: read.texts.header ?? 'X-Signature',
    extraHeaders,
  };
  const fault = faultOfSecret(profile.scheme, parsed.template) ?? faultOfHeaders(profile);
  return fault === undefined ? { ok: true, profile } : { ok: false, error: fault };
}

type ReadScheme = { readonly scheme: Scheme; readonly encoding: SignatureEncoding } | { readonly error: string };

function readBuiltIn(head: string): ReadScheme {
  const colon = head.indexOf(':');
  const name = colon === -1 ? head : head.slice(0, colon);
  const encoding = colon === -1 ? '' : head.slice(colon + 1);
  const scheme: BuiltInScheme | undefined = schemeNamed(name);
  if (scheme === undefined) {
    return {
      error: `unknown signature scheme ${shown(name)}; allowed are ${SCHEME_NAMES.join(', ')}, each followed by :${ENCODINGS.join(', :')}, and ${EXTERNAL_FORMS}`,
    };
  }
  if (!(ENCODINGS as readonly string[]).includes(encoding)) {
    const given = encoding === '' ? 'is missing' : `is ${shown(encoding)}`;
    return {
      error: `the encoding of the signature ${name} ${given}; allowed are ${name}:${ENCODINGS.join(`, ${name}:`)}`,
    };
  }
  return { scheme, encoding: encoding as Encoding };
}

function readExternal(target: string, texts: OptionTexts): ReadScheme {
  const read = readTarget(target.trim());
  if ('error' in read) return read;
  return {
    scheme: {
      kind: 'external',
      target: read,
      timeoutMs: Number(texts.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      maxBytes: Number(texts.maxBytes ?? DEFAULT_MAX_BYTES),
    },
    encoding: (texts.encoding ?? 'text') as SignatureEncoding,
  };
}

function readTarget(target: string): ExternalScheme['target'] | { readonly error: string } {
  if (/^https?:\/\//i.test(target)) {
    if (!URL.canParse(target))
      return { error: `the URL of the external signature cannot be read; write ${EXTERNAL_FORMS}` };
    const url = new URL(target);
    if (url.username !== '' || url.password !== '') {
      return {
        error: `the URL of the external signature at ${url.host} holds credentials; give them as the signature key, which is sent as a bearer token`,
      };
    }
    return { url: url.href };
  }
  // A bare name would be looked up in PATH, and anyone who can write there could sign. So the path must be absolute.
  if ((target.startsWith('/') || /^[A-Za-z]:[\\/]/.test(target)) && !target.includes('\0')) return { command: target };
  return {
    error: `the external signature ${shown(target)} is neither an absolute path nor an http(s) URL; write ${EXTERNAL_FORMS}`,
  };
}

/** A date or timestamp that is signed must be sent too, or the signature could not be verified. */
function extraHeadersOf(texts: OptionTexts, template: Template): ExtraHeaders {
  const date = texts.dateHeader ?? (mentions(template, 'date') ? 'Date' : undefined);
  const timestamp = texts.timestampHeader ?? (mentions(template, 'timestamp') ? 'X-Timestamp' : undefined);
  return {
    ...(date !== undefined && { date }),
    ...(timestamp !== undefined && { timestamp }),
    ...(texts.contentMd5 !== undefined && { contentMd5: texts.contentMd5 as ContentMd5Encoding }),
    ...(texts.keyIdHeader !== undefined && { keyId: texts.keyIdHeader }),
  };
}

function faultOfSecret(scheme: Scheme, template: Template): string | undefined {
  const wanted = scheme.kind === 'hash' && scheme.secret === 'template';
  if (wanted === holdsSecret(template)) return undefined;
  return wanted
    ? `a ${scheme.hash}-template signature needs the secret in its template: {secret} or {sortedRootValues(NAME)}; without it anyone could sign`
    : 'the signature template holds the secret, which is allowed only with md5-template, sha1-template, sha256-template and sha512-template';
}

function faultOfHeaders({ header, extraHeaders: extra }: SignatureProfile): string | undefined {
  const names = [header, extra.date, extra.timestamp, extra.keyId, extra.contentMd5 && 'Content-MD5'];
  const seen = new Set<string>();
  for (const name of names) {
    if (name === undefined) continue;
    if (seen.has(name.toLowerCase()))
      return `the signature's headers must differ from each other; ${name} is used twice`;
    seen.add(name.toLowerCase());
  }
  return undefined;
}
