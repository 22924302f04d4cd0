import * as fc from 'fast-check';
import { postOrder } from '../../harness/api.js';
import type { GatewayProcess } from '../../harness/gateway-process.js';
import { ApiDocument } from '../../harness/openapi.js';
import { exchange } from './exchange.js';
import { connectionsNear, type FuzzedConnection } from './fuzzed-requests.js';
import { judge } from './judge.js';
import { inMb, readLevel, returnTo } from './process-level.js';
import { internalCalls, publicCalls, WALLET, type Listener, type ValidCall } from './valid-calls.js';

export interface FuzzOptions {
  readonly gateway: GatewayProcess;
  /** Of a card that is there. */
  readonly cardNumber: string;
  /** How many connections for each listener. */
  readonly requests: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface FuzzResult {
  /** What was not as promised, each with the bytes that caused it; empty when all was well. */
  readonly faults: readonly string[];
  /** How often each status was answered, by listener. */
  readonly answered: Readonly<Record<Listener, Readonly<Record<string, number>>>>;
}

/** So many connections at once, between two valid calls. */
const AT_ONCE = 8;
const CHUNK = 40;
const SERVED_MS = 10_000;
const MOST_FAULTS = 20;
/** The process has done all that it does for the first time. */
const WARM_UP = 0.1;
const SHOWN_BYTES = 1_500;
const KEY = { authorization: 'Bearer test-orders-key' };

/** Calls both listeners of a running gateway in ways that no one should, and valid ones in between. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { gateway, cardNumber, seed, requests, say } = options;
  const document = await ApiDocument.fetch(gateway.internalUrl);
  const orderId = (await placeOrder(gateway)).id;
  const known = { cardNumber, orderId };
  const faults: string[] = [];
  const answered: Record<Listener, Record<string, number>> = { public: {}, internal: {} };
  const calls: Record<Listener, ValidCall[]> = { public: publicCalls(known), internal: internalCalls(document, known) };
  let before = await readLevel(gateway);

  for (let done = 0; done < requests && faults.length < MOST_FAULTS; done += CHUNK) {
    for (const listener of ['public', 'internal'] as const) {
      const numRuns = Math.min(CHUNK, requests - done);
      const connections = fc.sample(connectionsNear(calls[listener]), { numRuns, seed: seed + done });
      const url = listener === 'public' ? gateway.publicUrl : gateway.internalUrl;
      const call = async (connection: FuzzedConnection): Promise<void> => {
        const came = await exchange(url, connection);
        for (const { status } of came.answers) answered[listener][status] = (answered[listener][status] ?? 0) + 1;
        const found = judge(connection, came, document);
        if (found.length > 0) faults.push(`${found.join('; ')}\n${show(connection)}`);
      };
      await inTurns(connections, call);
      faults.push(...(await faultsOfValidCalls(gateway)));
    }
    if (done < requests * WARM_UP) before = await readLevel(gateway);
    if (done % 2_000 === 0 && done > 0) say(`${done} of ${requests} for each listener`);
    if (gateway.child.exitCode !== null) return { faults: [...faults, 'the gateway has ended'], answered };
  }
  const { level, faults: left } = await returnTo(before, gateway);
  say(`memory in use ${inMb(before.usedBytes)} before, ${inMb(level.usedBytes)} after`);
  return { faults: [...faults, ...left], answered };
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function placeOrder(gateway: GatewayProcess): Promise<{ id: string; status: number }> {
  const answer = await postOrder(gateway, { signal: AbortSignal.timeout(SERVED_MS) });
  const { id } = (await answer.json()) as { id: string };
  return { id, status: answer.status };
}

/** Whether a producer and Кошелёк are served as on any other day. */
async function faultsOfValidCalls(gateway: GatewayProcess): Promise<string[]> {
  try {
    const { id, status } = await placeOrder(gateway);
    const signal = AbortSignal.timeout(SERVED_MS);
    const order = await fetch(`${gateway.internalUrl}/orders/${id}`, { headers: KEY, signal });
    const search = await fetch(`${gateway.publicUrl}/v1/card?msisdn=79261112001`, {
      headers: { authorization: WALLET },
      signal,
    });
    const statuses = [status, order.status, search.status];
    return String(statuses) === '202,200,200' ? [] : [`valid calls were answered ${statuses.join(', ')}`];
  } catch (error) {
    return [`a valid call was not served: ${(error as Error).message}`];
  }
}

/** The bytes of a connection, such that a person can read them. */
function show({ listener, pieces, ending }: FuzzedConnection): string {
  const shown = pieces.map((piece) => JSON.stringify(piece.toString('latin1')));
  const text = shown.join('\n  ');
  return `  ${listener}, ${ending}:\n  ${text.length > SHOWN_BYTES ? `${text.slice(0, SHOWN_BYTES)}… (${text.length})` : text}`;
}
