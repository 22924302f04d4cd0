/** How much an operator event asks of a person; from `warning` on it is an alert, too. */
export type Severity = 'info' | 'warning' | 'critical';

/** The same in both languages of the people who look after the gateway. */
export interface InBothLanguages {
  readonly en: string;
  readonly ru: string;
}

/** A kind of operator event: a row of the catalogue, and an entry of the runbook. */
export interface Kind {
  /** Those that its events may have. */
  readonly severities: readonly Severity[];
  /** Whether it is a state, which ends; otherwise it is a moment. */
  readonly lasts: boolean;
  /** What one sees, in a sentence. */
  readonly symptom: InBothLanguages;
  readonly meaning: InBothLanguages;
  readonly whatToDo: InBothLanguages;
  /** The message repeats what people or producers wrote: alerts have the symptom in its place. */
  readonly hasForeignText?: true;
}

export type Kinds = Readonly<Record<string, Kind>>;
