import { dropInvisible } from '../../fields/text.js';

/** The different values given to each part of a receipt's text, under the names that the registers print. */
export type ReceiptParts = ReadonlyMap<string, ReadonlySet<string>>;

/** Other names of the same parts. */
const ALIASES: Readonly<Record<string, string>> = { fd: 'i', fpd: 'fp' };

/** Quotes around the whole, and blanks around these. */
const AROUND = /^[\s"'«»“”„‟`]+|[\s"'«»“”„‟`]+$/g;

/** The QR code of a payment order (ГОСТ Р 56042). */
const PAYMENT_ORDER = /^ST\d{5}\|/;

/** The fiscal drive, the document and the fiscal sign as the path of an address. */
const IN_PATH = /\/(\d{16})\/(\d{1,10})\/(\d{1,10})\/?$/;

/**
 * Parses the text of a scanned QR code (koshelek-loyalty.md, "Receipt text"): surrounding text, a URL before it, HTML's
 * `&amp;` and one percent-encoding are removed.
 *
 * @returns `undefined` for a text that is not of a Russian receipt, such as a bank's or another country's code
 */
export function splitReceiptText(text: string): ReceiptParts | undefined {
  const whole = decodeWhole(dropInvisible(text).replaceAll(AROUND, '')).replaceAll(/&amp;/gi, '&').trim();
  if (PAYMENT_ORDER.test(whole)) return undefined;
  const { path, query } = splitAddress(whole);
  const parts = splitQuery(query);
  const [, fiscalDrive, document, fiscalSign] = IN_PATH.exec(path) ?? [];
  if (fiscalDrive !== undefined && document !== undefined && fiscalSign !== undefined && !parts.has('fn')) {
    for (const [name, value] of Object.entries({ fn: fiscalDrive, i: document, fp: fiscalSign })) {
      parts.set(name, (parts.get(name) ?? new Set()).add(value));
    }
  }
  return isReceipt(parts) ? parts : undefined;
}

/** A text that was percent-encoded as a whole has no `=` left. */
function decodeWhole(text: string): string {
  return text.includes('=') ? text : decode(text);
}

/** The part before a `?` is an address: its host is ignored, its path may name the receipt. */
function splitAddress(text: string): { path: string; query: string } {
  const [beforeFragment = ''] = text.split('#', 1);
  const question = beforeFragment.indexOf('?');
  if (question === -1) return { path: '', query: beforeFragment };
  return { path: beforeFragment.slice(0, question), query: beforeFragment.slice(question + 1) };
}

function splitQuery(query: string): Map<string, Set<string>> {
  const parts = new Map<string, Set<string>>();
  for (const part of query.split(/[&;]/)) {
    const equals = part.indexOf('=');
    if (equals === -1) continue;
    const given = part.slice(0, equals).trim().toLowerCase();
    const name = Object.hasOwn(ALIASES, given) ? (ALIASES[given] ?? given) : given;
    const value = decode(part.slice(equals + 1)).trim();
    if (value !== '') parts.set(name, (parts.get(name) ?? new Set()).add(value));
  }
  return parts;
}

/**
 * A receipt names its fiscal drive, or at least a time and a sum. A bank's code may have these too, but names a bank
 * and has its own checksum; Ukraine calls the sum `sm`.
 */
function isReceipt(parts: ReceiptParts): boolean {
  if (parts.has('bank') || parts.has('crc') || (parts.has('sm') && !parts.has('s'))) return false;
  return parts.has('fn') || (parts.has('t') && parts.has('s'));
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // The only thing it throws is the URIError of a malformed sequence: it is no encoding, and stays.
    return text;
  }
}
