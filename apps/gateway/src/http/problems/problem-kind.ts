/** A kind of problem, as the catalogue has it. */
export interface ProblemKind {
  readonly status: number;
  /** The kind in words: the same for every problem of it. */
  readonly title: string;
  /** What has happened, a sentence. */
  readonly meaning: string;
  /** What the caller does now, a sentence. */
  readonly whatToDo: string;
}

export function kind(status: number, title: string, meaning: string, whatToDo: string): ProblemKind {
  return { status, title, meaning, whatToDo };
}
