/** The copy cannot be asked. */
export class JournalCopyError extends Error {}

/** A copy of the journals that may be lost, and is of use when a disk was: lists in Redis, each with an end. */
export interface JournalCopy {
  /** Never waits and never fails: what does not get there is missing there. @param lines in order, with their line feed */
  append(journal: string, lines: readonly { readonly seq: number; readonly text: string }[]): void;
  /** The journals that it has. @throws JournalCopyError */
  journals(): Promise<readonly string[]>;
  /** The lines behind a number, in order, page by page. @throws JournalCopyError */
  read(journal: string, afterSeq: number): AsyncGenerator<readonly string[], void, undefined>;
}
