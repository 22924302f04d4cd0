import { troubleOfState, type DatabaseTrouble } from './database-trouble.js';

/** When statements of this process met each trouble last, by the clock that only goes forward. */
const lastSeen = new Map<DatabaseTrouble, number>();

/** Remembers an error of PostgreSQL. @param state its SQLSTATE */
export function noteErrorState(state: string | undefined): void {
  const trouble = state === undefined ? undefined : troubleOfState(state);
  if (trouble !== undefined) lastSeen.set(trouble, performance.now());
}

/** Which troubles were met in the last so many milliseconds, on whichever connection of the process. */
export function troublesSeenSince(withinMs: number): ReadonlySet<DatabaseTrouble> {
  const from = performance.now() - withinMs;
  return new Set([...lastSeen].filter(([, at]) => at >= from).map(([trouble]) => trouble));
}
