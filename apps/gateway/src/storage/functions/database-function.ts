/**
 * A function of the database as it is now. The migrator makes it when its text has changed, so it must be possible to
 * run each text again: `create or replace`.
 */
export interface DatabaseFunction {
  readonly name: string;
  readonly definition: string;
  /** What calls it, where that is a trigger. Its table is locked against writes for a moment when this text changes. */
  readonly trigger?: string;
}
