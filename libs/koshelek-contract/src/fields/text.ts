/** Control characters and lone surrogates: PostgreSQL cannot store U+0000 or a lone surrogate as text. */
const FORBIDDEN = /[\p{Cc}\p{Cs}]/u;

/** Whether a text holds a character that no field of the contract can hold. */
export function hasForbiddenCharacter(text: string): boolean {
  return FORBIDDEN.test(text);
}

const INVISIBLE = /\p{Cf}/gu;

/**
 * A text without invisible characters: zero-width spaces, marks of direction, soft hyphens. They come with copied text,
 * and would make two values of what reads as one.
 */
export function dropInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '');
}
