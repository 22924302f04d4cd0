import { percentile } from '../statistics.js';
import { HttpConnection, type Answer } from './http-connection.js';
import type { Call, Workload } from './workload.js';

export interface PumpOptions {
  readonly port: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** How long a connection rests between an answer and its next request; not at all when left out. */
  readonly restMs?: number;
  /** Ends the measurement as soon as so many answers have come; unlimited when left out. */
  readonly stopAfter?: number;
}

export interface PumpResult {
  /** Right answers within the measured time. */
  readonly answered: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Right answers in all, warm-up and end included. */
  readonly total: number;
}

/**
 * Keeps `connections` requests in progress, one per connection, for a while.
 *
 * @throws Error as soon as one answer is wrong or a connection breaks: a contestant cannot win by answering errors
 */
export async function pump(workload: Workload, options: PumpOptions): Promise<PumpResult> {
  const { port, measureMs, warmUpMs, restMs, stopAfter = Number.POSITIVE_INFINITY } = options;
  const latencies: number[] = [];
  const connections: HttpConnection[] = [];
  let total = 0;
  let underWay = 0;
  let [from, until] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let finishedAt = 0;

  try {
    await new Promise<void>((resolve, reject) => {
      const pending = new Map<HttpConnection, { call: Call; sentAt: number }>();
      const sendNext = (connection: HttpConnection): void => {
        // A connection that rests counts as in progress, too.
        if (restMs === undefined) send(connection);
        else setTimeout(() => send(connection), restMs);
        underWay += 1;
      };
      const send = (connection: HttpConnection): void => {
        const call = workload.next();
        pending.set(connection, { call, sentAt: performance.now() });
        connection.send(call.bytes);
      };
      const onAnswer = (connection: HttpConnection, answer: Answer): void => {
        const now = performance.now();
        const sent = pending.get(connection);
        underWay -= 1;
        const fault = sent === undefined ? 'an answer to nothing' : sent.call.check(answer);
        if (fault !== undefined) {
          reject(new Error(`a wrong answer: ${fault}`));
          return;
        }
        total += 1;
        if (sent !== undefined && now >= from && now < until) latencies.push(now - sent.sentAt);
        if (now < until && total < stopAfter) {
          if (total + underWay < stopAfter) sendNext(connection);
        } else if (underWay === 0) {
          finishedAt = now;
          resolve();
        }
      };
      const openAll = async (): Promise<void> => {
        for (let opened = 0; opened < options.connections; opened += 1) {
          connections.push(await HttpConnection.open(port, onAnswer, reject));
        }
        const started = performance.now();
        [from, until] = [started + warmUpMs, started + warmUpMs + measureMs];
        connections.forEach(sendNext);
      };
      openAll().catch(reject);
    });
  } finally {
    for (const connection of connections) connection.close();
  }
  latencies.sort((a, b) => a - b);
  return {
    answered: latencies.length,
    seconds: (Math.min(until, finishedAt) - from) / 1000,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    total,
  };
}
