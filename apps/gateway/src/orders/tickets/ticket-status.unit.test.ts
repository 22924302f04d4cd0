import { describe, expect, it } from '@jest/globals';
import { TICKET_STATUSES } from '../ticket.js';
import { TICKET_MOVES, ticketStatusOf } from './ticket-status.js';

describe('the status of a ticket', () => {
  it.each([
    [false, undefined, 'pending'],
    [true, undefined, 'written'],
    [false, 'initiated', 'refund-initiated'],
    [false, ' Completed ', 'refunded'],
    [false, 'rejected', 'pending'],
    [true, 'completed', 'written'],
    [true, 'initiated', 'written'],
  ] as const)('of a line with used %s and payback %s is %s', (used, payback, status) => {
    expect(ticketStatusOf({ used, payback })).toBe(status);
  });

  it('never goes back to pending, and leaves refunded for nothing', () => {
    expect(Object.keys(TICKET_MOVES)).toEqual([...TICKET_STATUSES]);
    expect(Object.values(TICKET_MOVES).flat()).not.toContain('pending');
    expect(TICKET_MOVES.refunded).toEqual([]);
  });
});
