import { EXTERNAL_ENCODINGS, type SignatureEncoding } from './encoding.js';
import { CONTENT_MD5_ENCODINGS, type ContentMd5Encoding, PRE_ENCODINGS, type PreEncoding } from './profile.js';

/** The options of a profile; each can also be in the profile's text, under its name in `OPTION_NAMES`. */
export interface SignatureProfileOptions {
  /**
   * The template of the signed message; `{body}` by default. Not part of the profile's text: it has its own setting.
   */
  readonly template?: string;
  readonly preEncoding?: PreEncoding;
  /** Name of the signature's header, `X-Signature` when left out. */
  readonly header?: string;
  /** Name of the date's header. A template with `{date}` sends `Date` unless another name is set. */
  readonly dateHeader?: string;
  /** Name of the timestamp's header. A template with `{timestamp}` sends `X-Timestamp` unless another name is set. */
  readonly timestampHeader?: string;
  /** Sends `Content-MD5`, written this way. */
  readonly contentMd5?: ContentMd5Encoding;
  /** Name of the header for the key's id; not sent when left out. */
  readonly keyIdHeader?: string;
  /** `external` only: how its output is encoded; `text`, the default, uses it as header text. */
  readonly encoding?: SignatureEncoding;
  /** `external` only: the time limit, 10,000 when left out. */
  readonly timeoutMs?: number;
  /** `external` only: the most bytes it may give back, 16,384 when left out. */
  readonly maxBytes?: number;
}

export type OptionName = Exclude<keyof SignatureProfileOptions, 'template'>;
/** Option values as text, from the profile's text or from code. */
export type OptionTexts = { readonly [name in OptionName]?: string };

interface OptionRule {
  /** Its name inside the profile's text. */
  readonly name: string;
  readonly allowed: string;
  readonly accepts: (value: string) => boolean;
  readonly externalOnly?: true;
}

/** RFC 9110, section 5.1: a header's name is a token. */
const HEADER_NAME: Pick<OptionRule, 'allowed' | 'accepts'> = {
  allowed: 'a header name (letters, digits, hyphens)',
  accepts: (value) => /^[!#$%&'*+.^_`|~\w-]+$/.test(value),
};

const OPTIONS: Readonly<Record<OptionName, OptionRule>> = {
  preEncoding: { name: 'pre-encoding', ...oneOf(PRE_ENCODINGS) },
  header: { name: 'header', ...HEADER_NAME },
  dateHeader: { name: 'date-header', ...HEADER_NAME },
  timestampHeader: { name: 'timestamp-header', ...HEADER_NAME },
  contentMd5: { name: 'content-md5', ...oneOf(CONTENT_MD5_ENCODINGS) },
  keyIdHeader: { name: 'key-id-header', ...HEADER_NAME },
  encoding: { name: 'encoding', ...oneOf(EXTERNAL_ENCODINGS), externalOnly: true },
  timeoutMs: { name: 'timeout-ms', ...wholeNumber(1, 300_000), externalOnly: true },
  maxBytes: { name: 'max-bytes', ...wholeNumber(1, 1_048_576), externalOnly: true },
};

const NAMES = Object.keys(OPTIONS) as readonly OptionName[];

export type ReadOptions =
  { readonly ok: true; readonly texts: OptionTexts } | { readonly ok: false; readonly error: string };

/**
 * Reads the options of a profile from its text (`['content-md5=hex', …]`) and from code; the text wins. Every value is
 * checked.
 */
export function readOptions(
  fromText: readonly string[],
  fromCode: SignatureProfileOptions,
  external: boolean,
): ReadOptions {
  const permitted = NAMES.filter((name) => external || OPTIONS[name].externalOnly !== true);
  const texts: { [name in OptionName]?: string } = {};
  for (const name of NAMES) {
    if (fromCode[name] !== undefined) texts[name] = String(fromCode[name]);
  }
  const seen = new Set<OptionName>();
  for (const entry of fromText) {
    const equals = entry.indexOf('=');
    const given = (equals === -1 ? entry : entry.slice(0, equals)).trim();
    const name = permitted.find((candidate) => OPTIONS[candidate].name === given);
    if (name === undefined || equals === -1) {
      const allowed = permitted.map((candidate) => `${OPTIONS[candidate].name}=…`).join(', ');
      return { ok: false, error: `unknown signature option ${shown(entry)}; allowed are ${allowed}` };
    }
    if (seen.has(name)) return { ok: false, error: `the signature option ${given} is given twice` };
    seen.add(name);
    texts[name] = entry.slice(equals + 1).trim();
  }
  for (const name of NAMES) {
    const value = texts[name];
    if (value === undefined) continue;
    if (!permitted.includes(name)) {
      return { ok: false, error: `the signature option ${OPTIONS[name].name} is for external signatures only` };
    }
    if (!OPTIONS[name].accepts(value)) {
      return {
        ok: false,
        error: `the signature option ${OPTIONS[name].name} is ${shown(value)}; allowed is ${OPTIONS[name].allowed}`,
      };
    }
  }
  return { ok: true, texts };
}

/** A setting's value for an error message: quoted, on one line, not too long. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

function oneOf(values: readonly string[]): Pick<OptionRule, 'allowed' | 'accepts'> {
  return { allowed: values.join(' or '), accepts: (value) => values.includes(value) };
}

function wholeNumber(least: number, most: number): Pick<OptionRule, 'allowed' | 'accepts'> {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    accepts: (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
  };
}
