import { type KeyBytes, type KeySource, readKeySource } from '../key-source.js';

/** How the key has to be written in the setting: as it was given, or after a prefix. */
export type KeyForm = 'as-given' | 'hex' | 'base64';

export interface FormedKey {
  readonly form: KeyForm;
  readonly key: KeyBytes;
}

const HEX = /^(?:[\da-f]{2})+$/i;
const BASE64 = /^(?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/**
 * The bytes that a key may stand for: its own text, and what that text encodes, if it can be hex or base64. Vendors
 * print keys so and rarely say whether the text or its bytes are the key.
 *
 * @throws SignatureError `key-unreadable`, `key-malformed`
 */
export function keyForms(source: KeySource): readonly FormedKey[] {
  const given = readKeySource(source, 1);
  const text = given.bytes.toString('latin1');
  const forms: FormedKey[] = [{ form: 'as-given', key: given }];
  if (HEX.test(text)) forms.push({ form: 'hex', key: { ...given, bytes: Buffer.from(text, 'hex') } });
  if (BASE64.test(text)) forms.push({ form: 'base64', key: { ...given, bytes: Buffer.from(text, 'base64') } });
  return forms;
}
