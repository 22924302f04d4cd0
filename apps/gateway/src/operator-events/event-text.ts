import { kindOf } from './catalogue/catalogue.js';
import type { InBothLanguages } from './catalogue/kind.js';
import { factsInRussian } from './facts.js';
import type { OperatorEvent } from './operator-events.js';

/**
 * What an operator event says: in English its message, in Russian the symptom of its kind with its facts. A kind of an earlier
 * release has only its message.
 */
export function eventText({
  kind,
  message,
  details,
}: Pick<OperatorEvent, 'message' | 'details'> & { readonly kind: string }): InBothLanguages {
  const symptom = kindOf(kind)?.symptom.ru;
  return { en: message, ru: symptom === undefined ? message : `${symptom}${factsInRussian(details)}` };
}
