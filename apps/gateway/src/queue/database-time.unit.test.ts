import { describe, expect, it } from '@jest/globals';
import { keepDatabaseTime } from './database-time.js';

const TEN_MINUTES_MS = 600_000;

describe('keepDatabaseTime', () => {
  /** A backend that notes what it is asked and answers with one row. */
  function backendWith(row: Record<string, unknown>, skewMs: number) {
    const asked: (readonly unknown[])[] = [];
    const backend = {
      run: (_command: string, params: readonly unknown[]) => {
        asked.push(params);
        return Promise.resolve({ rows: [{ ...row }] });
      },
    };
    keepDatabaseTime(backend, { now: () => Date.now() - skewMs, skewMs: () => skewMs });
    return { backend, asked };
  }

  it('gives BullMQ’s functions the time of the database, and changes no other number', async () => {
    const { backend, asked } = backendWith({}, TEN_MINUTES_MS);
    const now = Date.now();
    await backend.run('move_to_active', ['send', 'token', 10_000, now, null, 3, '1764172800000']);
    expect(asked).toEqual([['send', 'token', 10_000, now - TEN_MINUTES_MS, null, 3, '1764172800000']]);
  });

  it('returns the moment of the next job to BullMQ by its own clock, and none without a job', async () => {
    const due = Date.now();
    const ahead = backendWith({ next_delay: String(due), rate_limit_ttl: '0' }, TEN_MINUTES_MS);
    expect((await ahead.backend.run('next_signal', ['send'])).rows).toEqual([
      { next_delay: due + TEN_MINUTES_MS, rate_limit_ttl: '0' },
    ]);
    const none = backendWith({ next_delay: null }, TEN_MINUTES_MS);
    expect((await none.backend.run('next_signal', ['send'])).rows).toEqual([{ next_delay: null }]);
  });
});
