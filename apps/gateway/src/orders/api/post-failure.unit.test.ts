import { describe, expect, it } from '@jest/globals';
import { AcceptanceUnclearError } from '../ledger/acceptance-unclear.js';
import { postFailure } from './post-failure.js';

const ACCEPTANCES = [{ idempotencyKey: 'key-1', orderId: '019ab3f4-1c30-7c21-8d22-2e23f24a25b2' }];

describe('a post that failed behind a commit', () => {
  it('is our own failure, with the ids of the orders, when an answer could not be written', () => {
    const failure = postFailure(new TypeError('Cannot read properties of null'), ACCEPTANCES);
    expect(failure).toMatchObject({ problem: { status: 500, members: { acceptances: ACCEPTANCES } } });
    expect(failure.message).toContain('accepted, or may be');
  });

  it('says "later", with the ids of the orders, when the answer of the database was lost', () => {
    const lost = new AcceptanceUnclearError('id', new Error('Connection terminated unexpectedly'));
    const failure = postFailure(lost, ACCEPTANCES);
    expect(failure).toMatchObject({
      problem: {
        status: 503,
        type: '/problems/database-unavailable',
        members: { cause: 'out-of-reach', acceptances: ACCEPTANCES },
      },
      headers: { 'retry-after': '1' },
    });
  });

  it('is the error itself when nothing can have been committed', () => {
    const error = new Error('x');
    expect(postFailure(error, [])).toBe(error);
  });
});
