/** What a list shows of a holder: enough to recognise a person, too little to contact one. */

/** A phone in normal form with its last two digits: `+7••••••••67`. */
export function maskPhone(msisdn: string): string {
  return `+${msisdn.slice(0, 1)}${'•'.repeat(Math.max(msisdn.length - 3, 0))}${msisdn.slice(-2)}`;
}

/** An e-mail with its first letter and its domain: `a•••@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${firstLetter(email.slice(0, at))}•••${email.slice(at)}`;
}

/** The first name and the initial of the surname: `Анна К.`; null when both are unknown. */
export function maskName(firstName: string | null, surname: string | null): string | null {
  const initial = surname === null ? undefined : firstLetter(surname);
  const shown = [firstName, initial === undefined ? undefined : `${initial}.`].filter(Boolean);
  return shown.length === 0 ? null : shown.join(' ');
}

/** The first letter as a person sees it, which may be several characters. */
function firstLetter(text: string): string {
  return [...LETTERS.segment(text)][0]?.segment ?? '';
}

const LETTERS = new Intl.Segmenter();
