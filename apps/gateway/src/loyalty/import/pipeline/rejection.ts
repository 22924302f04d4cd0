/** A line that was not imported: the field at fault and why. It never repeats the value, which may be personal data. */
export interface Rejection {
  readonly line: number;
  /** The column's name; empty when the line as a whole is at fault. */
  readonly field: string;
  readonly reason: string;
}

/** The result of one batch. */
export interface Kept {
  readonly created: number;
  /** Rows that existed and differed. */
  readonly changed: number;
  /** Rows that existed and were equal. */
  readonly unchanged: number;
  readonly rejected: readonly Rejection[];
}
