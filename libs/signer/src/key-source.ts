import { readFileSync } from 'node:fs';
import { SignatureError, systemCode } from './errors.js';

/**
 * Where a key comes from: a setting's text, or a file. Both hold the key's own text, `hex:…` or `base64:…`; for RSA,
 * ECDSA and Ed25519 a PEM. What editors add to a file – a byte order mark, line breaks at its end – is not part of the key;
 * a secret that ends in a line break is given as `base64:…`.
 */
export type KeySource = { readonly text: string } | { readonly file: string };

export interface KeyBytes {
  readonly bytes: Buffer;
  /** What messages call the key: its position in the list or its file. */
  readonly label: string;
}

/**
 * The bytes of a key.
 *
 * @param position the key's position in the list, counted from 1
 * @throws SignatureError `key-unreadable`, `key-malformed`; the message never holds a part of the key
 */
export function readKeySource(source: KeySource, position: number): KeyBytes {
  const label = 'file' in source ? `the signature key file ${source.file}` : `signature key ${position}`;
  const raw = 'file' in source ? readKeyFile(source.file, label) : Buffer.from(source.text);
  const bytes = decodePrefixed(raw, label) ?? raw;
  if (bytes.length === 0) throw new SignatureError('key-malformed', `${label} is empty`);
  return { bytes, label };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function readKeyFile(file: string, label: string): Buffer {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new SignatureError('key-unreadable', `${label} cannot be read (${systemCode(error)})`);
  }
  let end = content.length;
  while (end > 0 && (content[end - 1] === LINE_FEED || content[end - 1] === CARRIAGE_RETURN)) end -= 1;
  const isMarked = content.subarray(0, 3).equals(BYTE_ORDER_MARK);
  return content.subarray(isMarked ? 3 : 0, Math.max(end, isMarked ? 3 : 0));
}

const PREFIXES = { 'hex:': 'hex', 'base64:': 'base64' } as const;

function decodePrefixed(raw: Buffer, label: string): Buffer | undefined {
  const text = raw.toString('latin1');
  for (const [prefix, encoding] of Object.entries(PREFIXES)) {
    if (!text.startsWith(prefix)) continue;
    const encoded = text.slice(prefix.length).replaceAll(/\s/g, '');
    const bytes = Buffer.from(encoded, encoding);
    // Buffer.from ignores invalid characters; only a text that it encodes back unchanged was read completely.
    const again = bytes.toString(encoding);
    const whole = encoding === 'hex' ? again === encoded.toLowerCase() : unpadded(again) === unpadded(encoded);
    if (!whole) throw new SignatureError('key-malformed', `${label} begins with ${prefix} but is not ${encoding}`);
    return bytes;
  }
  return undefined;
}

function unpadded(base64: string): string {
  return base64.replace(/={0,2}$/, '');
}
