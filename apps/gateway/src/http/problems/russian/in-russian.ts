import type { Problem } from '../../problem.js';
import type { ProblemName } from '../catalogue.js';
import type { KindInRussian } from './kind-in-russian.js';
import { OPERATOR_PROBLEMS_IN_RUSSIAN } from './operator-problems.js';
import { ORDER_PROBLEMS_IN_RUSSIAN } from './order-problems.js';
import { REQUEST_PROBLEMS_IN_RUSSIAN } from './request-problems.js';
import { SENTENCES_IN_RUSSIAN, WORDS_IN_RUSSIAN } from './sentences.js';

/** Every kind of problem in Russian. */
export const PROBLEMS_IN_RUSSIAN: Readonly<Record<ProblemName, KindInRussian>> = {
  ...REQUEST_PROBLEMS_IN_RUSSIAN,
  ...ORDER_PROBLEMS_IN_RUSSIAN,
  ...OPERATOR_PROBLEMS_IN_RUSSIAN,
};

/** The same problem for a person who reads Russian: the same type, status and members. */
export function inRussian({ detail, errors, ...same }: Problem): Problem {
  const { title, meaning, whatToDo } = PROBLEMS_IN_RUSSIAN[same.type.slice('/problems/'.length) as ProblemName];
  const faults = errors?.map((fault) => ({ ...fault, detail: sentenceInRussian(fault.detail) ?? fault.detail }));
  return {
    ...same,
    title,
    detail: sentenceInRussian(detail) ?? `${meaning} ${whatToDo}`,
    ...(faults === undefined ? {} : { errors: faults }),
  };
}

const VALUE = '{}';
/** Those with values, as expressions that find them. */
const PATTERNS = Object.entries(SENTENCES_IN_RUSSIAN)
  .filter(([english]) => english.includes(VALUE))
  .map(([english, russian]): [RegExp, string] => [
    new RegExp(`^${english.split(VALUE).map(literally).join('(.+?)')}$`, 'su'),
    russian,
  ]);

function literally(text: string): string {
  return text.replaceAll(/[\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** @returns undefined for a sentence that the catalogue does not have */
export function sentenceInRussian(sentence: string): string | undefined {
  if (Object.hasOwn(SENTENCES_IN_RUSSIAN, sentence)) return SENTENCES_IN_RUSSIAN[sentence];
  for (const [pattern, russian] of PATTERNS) {
    const values = pattern.exec(sentence)?.slice(1);
    if (values !== undefined) {
      let at = 0;
      return russian.replaceAll(VALUE, () => valueInRussian(values[at++] ?? ''));
    }
  }
  return undefined;
}

function valueInRussian(value: string): string {
  return (
    sentenceInRussian(value) ?? (Object.hasOwn(WORDS_IN_RUSSIAN, value) ? WORDS_IN_RUSSIAN[value] : undefined) ?? value
  );
}
