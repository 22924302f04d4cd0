import type { ProblemKind } from '../problem-kind.js';

/** What a kind of problem says, for a person who reads Russian. */
export type KindInRussian = Pick<ProblemKind, 'title' | 'meaning' | 'whatToDo'>;

export function kind(title: string, meaning: string, whatToDo: string): KindInRussian {
  return { title, meaning, whatToDo };
}
