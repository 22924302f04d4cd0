import { readFileSync } from 'node:fs';
import { SignatureError, systemCode } from './errors.js';

/**
 * Where a key comes from: a setting's text, or a file. Both hold the key's own text, `hex:…` or `base64:…`; for RSA,
 * ECDSA and Ed25519 a PEM. A file's last line break is not part of the key.
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

function readKeyFile(file: string, label: string): Buffer {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new SignatureError('key-unreadable', `${label} cannot be read (${systemCode(error)})`);
  }
  const text = content.toString('latin1');
  return content.subarray(0, text.length - (/\r?\n$/.exec(text)?.[0].length ?? 0));
}

const PREFIXES = { 'hex:': 'hex', 'base64:': 'base64' } as const;

function decodePrefixed(raw: Buffer, label: string): Buffer | undefined {
  const text = raw.toString('latin1');
  for (const [prefix, encoding] of Object.entries(PREFIXES)) {
    if (!text.startsWith(prefix)) continue;
    const encoded = text.slice(prefix.length).replaceAll(/\s/g, '');
    const bytes = Buffer.from(encoded, encoding);
    // Buffer.from drops what it cannot read; only a text that comes out again was read as a whole.
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
