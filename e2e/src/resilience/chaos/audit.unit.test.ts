import { describe, expect, it } from '@jest/globals';
import { audit, type Evidence, type LedgerOrder } from './audit.js';

const order = (overrides: Partial<LedgerOrder> = {}): LedgerOrder => ({
  id: 'a',
  idempotencyKey: 'key-a',
  status: 'confirmed',
  cardNumber: '0000000001',
  troikaOrderId: '7',
  reason: null,
  startedAt: 1_000,
  cause: 'answered',
  ...overrides,
});
const evidence = (overrides: Partial<Evidence> = {}): Evidence => ({
  ledger: [order()],
  acknowledged: [{ idempotencyKey: 'key-a', orderId: 'a' }],
  executed: [{ orderId: '7', cardNumber: '0000000001' }],
  injected: [],
  workerKills: [],
  outages: [],
  reported: [],
  mostOnTheWire: 2,
  probePauseMs: 400,
  attemptMs: 500,
  ...overrides,
});

describe('the audit of a fault run', () => {
  it('has nothing to say when everything agrees', () => {
    expect(audit(evidence())).toEqual([]);
  });

  it('finds an acknowledged order that the ledger does not have', () => {
    expect(audit(evidence({ ledger: [], executed: [] }))).toEqual([expect.stringContaining('lost: order a')]);
  });

  it('finds a key that made two orders', () => {
    const twin = order({ id: 'b', cardNumber: '2', status: 'failed', troikaOrderId: null });
    expect(audit(evidence({ ledger: [order(), twin] }))).toEqual([expect.stringContaining('key-a made 2 orders')]);
  });

  it('finds an order that was executed twice, also when the ledger knows of one', () => {
    const executed = ['7', '8'].map((orderId) => ({ orderId, cardNumber: '0000000001' }));
    expect(audit(evidence({ executed }))).toEqual([expect.stringContaining('executed 2 times')]);
  });

  it('finds an execution that no order asked for', () => {
    const executed = [...evidence().executed, { orderId: '9', cardNumber: 'else' }];
    expect(audit(evidence({ executed }))).toEqual([expect.stringContaining('invented')]);
  });

  it('finds a confirmed order that was not executed, or under another id', () => {
    expect(audit(evidence({ executed: [] }))).toEqual([expect.stringContaining('nothing was executed')]);
    const executed = [{ orderId: '8', cardNumber: '0000000001' }];
    expect(audit(evidence({ executed }))).toEqual([expect.stringContaining('under its id 7')]);
  });

  it.each(['rejected', 'failed', 'cancelled'])('finds a %s order that was executed', (status) => {
    expect(audit(evidence({ ledger: [order({ status })] }))).toEqual([expect.stringContaining('but was executed')]);
  });

  it.each(['accepted', 'sending', 'retrying'])('finds an order that is still %s', (status) => {
    expect(audit(evidence({ ledger: [order({ status })] }))).toEqual([expect.stringContaining('not an end')]);
  });

  it('accepts a missing order that a rewound ledger has lost, if its outcome was reported to operators', () => {
    const reported = (troikaOrderId: string | null) =>
      audit(evidence({ ledger: [], reported: [{ cardNumber: '0000000001', idempotencyKey: 'key-a', troikaOrderId }] }));
    expect(reported('7')).toEqual([]);
    expect(reported(null)).toEqual([]);
    expect(reported('8')).toEqual([expect.stringContaining('invented')]);
  });

  it('finds an order that was lost with the ledger, posted again, and executed a second time', () => {
    const executed = ['7', '8'].map((orderId) => ({ orderId, cardNumber: '0000000001' }));
    const reported = [{ cardNumber: '0000000001', idempotencyKey: 'key-a', troikaOrderId: '7' }];
    const again = order({ id: 'b', troikaOrderId: '8' });
    expect(audit(evidence({ ledger: [again], executed, reported }))).toEqual([
      expect.stringContaining('executed 2 times'),
    ]);
  });

  it('accepts an unknown order that was restored from a journal', () => {
    const ledger = [order({ status: 'unknown', reason: null, cause: 'ledger-restored' })];
    expect(audit(evidence({ ledger }))).toEqual([]);
  });

  it('accepts an unknown order when its call had a fault, and not when it was only refused', () => {
    const ledger = [order({ status: 'unknown', reason: 'reset' })];
    const injected = (fault: string) => [{ fault, cardNumber: '0000000001' }];
    expect(audit(evidence({ ledger, injected: injected('reset-after') }))).toEqual([]);
    expect(audit(evidence({ ledger, injected: injected('refuse') }))).toHaveLength(1);
    expect(audit(evidence({ ledger }))).toHaveLength(1);
  });

  it('accepts an unknown order whose call a partner outage cut, and no other of that time', () => {
    const away = { kind: 'partner-away' as const, from: 1_200, to: 1_400 };
    const withOrder = (startedAt: number, reason: string) =>
      audit(evidence({ ledger: [order({ status: 'unknown', reason, startedAt })], outages: [away] }));
    expect(withOrder(1_000, 'reset')).toEqual([]);
    expect(withOrder(1_000, 'timeout')).toHaveLength(1);
    expect(withOrder(1_300, 'reset')).toHaveLength(1);
    expect(withOrder(600, 'reset')).toHaveLength(1);
  });

  it('accepts an unknown order that waited for a silent partner, and no other of that time', () => {
    const silent = { kind: 'partner-silent' as const, from: 1_200, to: 1_900 };
    const withOrder = (startedAt: number, reason: string) =>
      audit(evidence({ ledger: [order({ status: 'unknown', reason, startedAt })], outages: [silent] }));
    expect(withOrder(1_000, 'timeout')).toEqual([]);
    expect(withOrder(1_800, 'timeout')).toEqual([]);
    expect(withOrder(1_800, 'reset')).toHaveLength(1);
    expect(withOrder(1_901, 'timeout')).toHaveLength(1);
    expect(withOrder(600, 'timeout')).toHaveLength(1);
  });

  it('accepts an unknown order whose worker was killed during the attempt, and at no other time', () => {
    const ledger = [order({ status: 'unknown', reason: 'lease-expired' })];
    const withKill = (at: number) => audit(evidence({ ledger, workerKills: [at] }));
    expect(withKill(1_200)).toEqual([]);
    expect(withKill(900)).toHaveLength(1);
    expect(withKill(1_600)).toHaveLength(1);
  });

  it('finds a queue that was burnt while the partner answered 500: more unknown orders than were on the wire or probed', () => {
    const failing = { kind: 'partner-failing', from: 1_000, to: 1_800 } as const;
    const withOrders = (count: number, startedAt: number) => {
      const ledger = Array.from({ length: count }, (_, index) =>
        order({
          id: `${index}`,
          idempotencyKey: `${index}`,
          cardNumber: `${index}`,
          status: 'unknown',
          reason: 'http-status',
          startedAt,
        }),
      );
      const injected = ledger.map(({ cardNumber }) => ({ cardNumber, fault: 'http-500-before' }));
      return audit(evidence({ ledger, injected, executed: [], acknowledged: [], outages: [failing] }));
    };
    expect(withOrders(5, 1_200)).toEqual([]);
    expect(withOrders(6, 1_200)).toEqual([expect.stringContaining('burnt: 6 orders')]);
    expect(withOrders(6, 1_900)).toEqual([]);
  });
});
