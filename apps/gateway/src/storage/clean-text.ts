/**
 * Replaces characters that PostgreSQL cannot store by U+FFFD: NUL, which `text` refuses, and halves of surrogate pairs,
 * which are not UTF-8 and which `jsonb` refuses. For texts of others that we store word for word, such as the partner's
 * answers: one bad character must not make a statement fail and lose the answer.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Cs}/gu, '\uFFFD');
}

/** Whether {@link cleanText} would not change a text. For input whose sender can still correct it. */
export function isCleanText(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text);
}
