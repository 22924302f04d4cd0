/** What may precede the @: letters and digits of any script, and the marks that addresses have. */
const LOCAL = /[\p{L}\p{N}._%+-]/u;
/** What a label of a domain is made of. */
const LABEL = /[\p{L}\p{N}-]/u;

/** Whether a character belongs to a part of an address. A test counts how often it is asked. */
export type Belongs = (part: RegExp, char: string) => boolean;

const belongs: Belongs = (part, char) => part.test(char);

/**
 * Replaces everything that looks like an e-mail address. It looks for the @ and goes from there to both sides, so that
 * every character is looked at a few times at most: a pattern that begins with the word before the @ takes time with the
 * square of a long word, and a partner may send one.
 */
export function maskEmails(text: string, isPart: Belongs = belongs): string {
  let masked = '';
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(at + 1, done))) {
    const start = startOfLocal(text, at, done, isPart);
    const end = start === at ? at : endOfDomain(text, at + 1, isPart);
    if (end === at) continue;
    masked += `${text.slice(done, start)}***`;
    done = end;
  }
  return masked + text.slice(done);
}

/** @param from the text before it is already masked */
function startOfLocal(text: string, at: number, from: number, isPart: Belongs): number {
  let start = at;
  while (start > from) {
    const before = start - lengthBefore(text, start, from);
    if (!isPart(LOCAL, text.slice(before, start))) break;
    start = before;
  }
  return start;
}

/** A character beyond the first plane is two units of the text. */
function lengthBefore(text: string, end: number, from: number): number {
  const isPair = end - 2 >= from && (text.codePointAt(end - 2) ?? 0) > 0xff_ff;
  return isPair ? 2 : 1;
}

/** @returns the end of a domain of two labels or more; the index of the @ when there is none */
function endOfDomain(text: string, from: number, isPart: Belongs): number {
  let end = endOfLabel(text, from, isPart);
  if (end === from) return from - 1;
  let labels = 1;
  while (text[end] === '.') {
    const next = endOfLabel(text, end + 1, isPart);
    if (next === end + 1) break;
    end = next;
    labels += 1;
  }
  return labels > 1 ? end : from - 1;
}

function endOfLabel(text: string, from: number, isPart: Belongs): number {
  let end = from;
  while (end < text.length) {
    const char = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (!isPart(LABEL, char)) break;
    end += char.length;
  }
  return end;
}
