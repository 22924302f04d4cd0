/**
 * What PostgreSQL cannot hold is replaced by U+FFFD: NUL, which `text` refuses, and halves of surrogate pairs, which
 * are no UTF-8 and which `jsonb` refuses. For texts that somebody else wrote and we keep word for word, such as the
 * partner's answers: one bad character must not make a statement fail, and with it the news it carries.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Cs}/gu, '\uFFFD');
}

/** Whether {@link cleanText} would leave a text as it is: the question to ask of somebody who can still correct it. */
export function isCleanText(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text);
}
