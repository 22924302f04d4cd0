import { loyaltyError } from '../errors/loyalty-error.js';
import { dropInvisible, hasForbiddenCharacter } from '../fields/text.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readObject } from './body.js';

/** The channels a holder allows and denies; no code is in both. A channel in neither list does not change. */
export interface Channels {
  allow: string[];
  deny: string[];
}

/** Our own limits: the contract names three channels, and a list of codes needs a maximum. */
export const CHANNELS_MAX_COUNT = 50;
export const CHANNEL_MAX_LENGTH = 50;

/**
 * Reads the body of method 2 (koshelek-loyalty.md, "Channels"). Codes that the contract does not name are stored too;
 * `SMS` and `sms` are the same. A code in both lists is denied; duplicates collapse. Either list may be absent or null,
 * but a body without both is refused: it is more likely a misspelt consent than a request to change nothing.
 */
export function readChannels(body: unknown): Reading<Channels> {
  const object = readObject(body);
  if (!object.ok) return object;
  const { allow: allowed, deny: denied } = object.value;
  if (allowed === undefined && denied === undefined) {
    return refuse(loyaltyError('fieldMissing', { field: 'allow или deny' }));
  }
  const allow = readCodes('allow', allowed);
  if (!allow.ok) return allow;
  const deny = readCodes('deny', denied);
  if (!deny.ok) return deny;
  return accept({
    allow: [...allow.value].filter((code) => !deny.value.has(code)),
    deny: [...deny.value],
  });
}

function readCodes(field: string, value: unknown): Reading<Set<string>> {
  const codes = new Set<string>();
  if (value === undefined || value === null) return accept(codes);
  if (!Array.isArray(value)) return refuse(loyaltyError('fieldWrongType', { field, expected: 'массив строк' }));
  if (value.length > CHANNELS_MAX_COUNT)
    return refuse(loyaltyError('listTooLong', { field, limit: CHANNELS_MAX_COUNT }));
  for (const [index, item] of (value as unknown[]).entries()) {
    const code = readCode(`${field}[${index}]`, item);
    if (!code.ok) return code;
    codes.add(code.value);
  }
  return accept(codes);
}

function readCode(field: string, item: unknown): Reading<string> {
  if (typeof item !== 'string') return refuse(loyaltyError('fieldWrongType', { field, expected: 'строка' }));
  const code = dropInvisible(item).trim().toLowerCase().normalize('NFC');
  if (code === '') return refuse(loyaltyError('fieldMissing', { field }));
  if (code.length > CHANNEL_MAX_LENGTH)
    return refuse(loyaltyError('fieldTooLong', { field, limit: CHANNEL_MAX_LENGTH }));
  if (hasForbiddenCharacter(code)) return refuse(loyaltyError('fieldForbiddenCharacter', { field }));
  return accept(code);
}
