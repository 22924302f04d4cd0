/** The time that every process shares: {@link DatabaseClock} without its implementation. */
export interface SharedClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** By how much this process's own clock is ahead, in milliseconds. */
  skewMs(): number;
}

/** What of BullMQ's PostgreSQL backend is touched: every statement passes here. */
interface Runs {
  run(command: string, params: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** No count or duration that BullMQ passes is as large; every moment is: milliseconds since 1970 in 2001. */
const LEAST_MOMENT_MS = 1e12;
/** The column with the moment at which the next delayed job is due. */
const MOMENT_COLUMN = 'next_delay';

/**
 * Makes BullMQ on PostgreSQL use the database's time. Its functions take every moment – now, the end of a lock, when a
 * job is due – as a number from the calling process. A process with a wrong clock would take jobs from others, start
 * delayed ones early, and queue some that wait for days. So moments are converted in arguments, and the returned moment
 * in the result.
 */
export function keepDatabaseTime(backend: object, clock: SharedClock): void {
  const target = backend as Runs;
  const run = target.run.bind(target);
  target.run = async (command, params) => {
    const skewMs = Math.round(clock.skewMs());
    const answer = await run(
      command,
      params.map((value) => (isMoment(value) ? value - skewMs : value)),
    );
    for (const row of answer.rows) {
      const moment = row[MOMENT_COLUMN];
      if (moment !== null && moment !== undefined && Number(moment) > 0) row[MOMENT_COLUMN] = Number(moment) + skewMs;
    }
    return answer;
  };
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= LEAST_MOMENT_MS && value < Number.MAX_SAFE_INTEGER / 2;
}
