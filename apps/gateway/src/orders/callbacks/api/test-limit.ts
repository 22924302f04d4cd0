import { problem, ProblemError } from '../../../http/problem.js';

/** How many test deliveries one key gets from a process in a minute. */
export const MOST_TESTS = 30;
const WINDOW_MS = 60_000;

export function tooManyTests(waitSecs: number): ProblemError {
  const detail = `A key may send ${MOST_TESTS} test deliveries a minute: try again in ${waitSecs} s.`;
  return new ProblemError(problem('too-many-test-deliveries', detail), { 'retry-after': String(waitSecs) });
}

/** Bounds the test deliveries of each key: they are sent at once, whatever callbacks of orders wait. */
export class TestLimit {
  /** When each key sent its last ones, the oldest first; as many entries as there are keys. */
  private readonly sent = new Map<string, number[]>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @throws ProblemError 429 when the key has sent as many as it may */
  take(apiKeyName: string): void {
    const now = this.now();
    const recent = (this.sent.get(apiKeyName) ?? []).filter((at) => now - at < WINDOW_MS);
    this.sent.set(apiKeyName, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= MOST_TESTS) {
      throw tooManyTests(Math.ceil((oldest + WINDOW_MS - now) / 1_000));
    }
    recent.push(now);
  }
}
