import { hasForbiddenCharacter } from './text.js';

/**
 * The longest card number or barcode, in characters (koshelek-loyalty.md, "Profile": limits elsewhere on the vendor's
 * site).
 */
export const CARD_NUMBER_MAX_LENGTH = 50;

/**
 * Whether a text can be a card number: 1 to 50 characters without control characters and lone surrogates. Digits are
 * not required: the programme chooses its numbers, and their leading zeros count.
 */
export function isCardNumber(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value.length <= CARD_NUMBER_MAX_LENGTH && !hasForbiddenCharacter(value);
}
