/** The log cannot be asked. */
export class CappedLogError extends Error {}

/** A line with its number, which grows by one. */
export interface LogLine {
  readonly seq: number;
  readonly text: string;
}

/**
 * Lists of numbered lines that may be lost at any time: each keeps only its last lines, and is deleted when nothing was
 * added for a while.
 */
export interface CappedLog {
  /** Never waits and never fails: a line may be lost. */
  append(list: string, lines: readonly LogLine[]): void;
  /** Sends at once what waits for company, before the process ends. */
  flush(): void;
  /**
   * The existing lists.
   * @throws CappedLogError
   */
  lists(): Promise<readonly string[]>;
  /** The lines from a number on, in order, page by page. @throws CappedLogError */
  read(list: string, fromSeq: number): AsyncGenerator<readonly string[], void, undefined>;
}

export interface CappedLogOptions {
  /** About how many lines a list keeps. */
  readonly mostLines: number;
  /** How many lists are kept, those with the newest lines. */
  readonly mostLists: number;
  /** How long a list is kept to which nothing is added. */
  readonly keepSecs: number;
}
