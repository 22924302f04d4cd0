import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyRedis } from '../harness/redis.js';
import { until } from '../harness/until.js';
import {
  CLIENT_PARTS,
  PEER_PARTS,
  REDIS_PARTS,
  SERVER_PARTS,
  together,
  type HangingPart,
} from './exit/hanging-parts.js';
import { setUpExitEnvironment, TIMEOUT_MS, type ExitEnvironment } from './exit/environment.js';

/** Every process ends within so much more than a call to the partner may take. */
const LIMIT_MS = TIMEOUT_MS + 5_000;
/** A second signal counts from half a second after the first. */
const SECOND_AFTER_MS = 700;
/** After a second signal. */
const AT_ONCE_MS = 3_000;

type Signals = 'SIGTERM' | 'SIGINT' | 'SIGTERM twice';
interface Case {
  readonly part: string;
  readonly signals: Signals;
  readonly hanging: HangingPart;
}

const withSignals = (hanging: HangingPart, ...signals: Signals[]): Case[] =>
  signals.map((each) => ({ part: hanging.part, signals: each, hanging }));
const redisParts = process.env['TEST_REDIS_URL'] === undefined ? [] : REDIS_PARTS;

/** Few starts for many parts; EXIT_TABLE=1 measures each by itself, for docs/operations/shutdown.md. */
const NOTHING: HangingPart = { part: 'nothing', hang: () => Promise.resolve(() => Promise.resolve()) };
const CASES = process.env['EXIT_TABLE']
  ? [NOTHING, ...CLIENT_PARTS, ...PEER_PARTS, ...SERVER_PARTS, ...redisParts].flatMap((hanging) =>
      withSignals(hanging, 'SIGTERM', 'SIGINT', 'SIGTERM twice'),
    )
  : [
      ...withSignals(together('clients of every kind that hang', CLIENT_PARTS), 'SIGTERM', 'SIGINT'),
      ...withSignals(together('card system, receiver and partner that hang', PEER_PARTS), 'SIGTERM', 'SIGTERM twice'),
      ...[...SERVER_PARTS, ...redisParts].flatMap((hanging) => withSignals(hanging, 'SIGTERM')),
    ];

describe('a process that receives a signal to end', () => {
  let environment: ExitEnvironment;
  const rows = new Map<string, Partial<Record<Signals, string>>>();
  beforeAll(async () => {
    await emptyRedis();
    environment = await setUpExitEnvironment();
  });
  afterAll(async () => {
    await environment.close();
    if (!process.env['EXIT_TABLE']) return;
    const cells = [...rows].map(([part, { SIGTERM, SIGINT, 'SIGTERM twice': twice }]) =>
      ['', part, SIGTERM, SIGINT, twice, ''].join(' | ').trim(),
    );
    process.stdout.write(`\n${cells.join('\n')}\n`);
  });

  it.each(CASES)('ends within its time on $signals with $part', async ({ part, signals, hanging }) => {
    const gateway = await environment.start(hanging.env?.(environment));
    const end = await hanging.hang(environment, gateway);
    const closed = once(gateway.child, 'close');
    const started = performance.now();
    gateway.child.kill(signals === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
    let since = started;
    if (signals === 'SIGTERM twice') {
      await Promise.race([closed, delay(SECOND_AFTER_MS)]);
      since = performance.now();
      gateway.child.kill('SIGTERM');
    }
    await until(
      'the process has ended',
      () => Promise.resolve(gateway.child.exitCode ?? gateway.child.signalCode ?? undefined),
      signals === 'SIGTERM twice' ? AT_ONCE_MS : LIMIT_MS,
    ).finally(() => gateway.child.kill('SIGKILL'));
    const secs = ((performance.now() - since) / 1_000).toFixed(1);
    await closed;
    await end();
    if (process.env['EXIT_TABLE']) process.stdout.write(`${part}: ${signals}: ${secs} s\n`);
    rows.set(part, { ...rows.get(part), [signals]: `${secs} s (${String(gateway.child.exitCode)})` });
    // Ended by itself, and cleanly unless something was broken off.
    expect([0, 1]).toContain(gateway.child.exitCode);
    const isBrokenOff = signals === 'SIGTERM twice' || part.startsWith('PostgreSQL');
    if (!isBrokenOff) expect(gateway.child.exitCode).toBe(0);
  });

  it('has lost no order and sent none twice, and what was broken off is unknown', async () => {
    const gateway = await environment.start();
    const { pool } = environment.database;
    await until('every order has come to an end', async () => {
      const { rows: open } = await pool.query(
        `select id from orders where status not in ('confirmed', 'unknown') limit 1`,
      );
      return open.length === 0 ? true : undefined;
    });
    await gateway.stop();
    const sent = environment.sentCards();
    expect(new Set(sent).size).toBe(sent.length);
    const { rows: orders } = await pool.query<{ card: string; status: string; reason: string | null }>(
      `select o.body -> 'orderData' -> 0 ->> 'cardNumber' as card, o.status, a.reason
         from orders o left join order_attempts a on a.order_id = o.id and a.number = o.attempts`,
    );
    expect(new Set(orders.map(({ card }) => card))).toEqual(new Set(sent));
    const reasons = new Set(orders.filter(({ status }) => status === 'unknown').map(({ reason }) => reason));
    expect(reasons).toEqual(new Set(['interrupted', 'timeout']));
  });
});
