/** Control characters, and half a surrogate pair: PostgreSQL stores neither U+0000 nor a lone surrogate as text. */
const FORBIDDEN = /[\p{Cc}\p{Cs}]/u;

/** Whether a text holds a character that no field of the contract can hold. */
export function hasForbiddenCharacter(text: string): boolean {
  return FORBIDDEN.test(text);
}
