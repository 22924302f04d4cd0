import { read } from '../../harness/admin.js';
import type { GatewayProcess } from '../../harness/gateway-process.js';
import type { PostgresServer } from '../../harness/postgres/server.js';
import { until } from '../../harness/until.js';

export interface LedgerLine {
  readonly id: string;
  readonly status: string;
  readonly troikaOrderId: string | null;
}

export interface OperatorEventView {
  readonly kind: string;
  readonly severity: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface SendingView {
  readonly state: 'open' | 'stopped';
  readonly reason: string | null;
}

/** What the ledger says of all orders, by id. */
export async function readLedger(server: PostgresServer, database: string): Promise<Map<string, LedgerLine>> {
  const rows = await server.query<LedgerLine & Record<string, unknown>>(
    `select id::text as id, status, troika_order_id::text as "troikaOrderId" from orders`,
    database,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Waits until the ledger has orders with a status, and expects nothing of the others. */
export async function untilLedger(
  server: PostgresServer,
  database: string,
  ids: readonly string[],
  isReached: (line: LedgerLine) => boolean,
): Promise<LedgerLine[]> {
  let last = new Map<string, LedgerLine>();
  return await until(`${ids.length} orders come to what is expected of them`, async () => {
    last = await readLedger(server, database);
    const lines = ids.flatMap((id) => last.get(id) ?? []);
    return lines.length === ids.length && lines.every((line) => isReached(line)) ? lines : undefined;
  }).catch((error: unknown) => {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const status = last.get(id)?.status ?? 'gone';
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    const are = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
    throw new Error(`${(error as Error).message}; they are: ${are}`, { cause: error });
  });
}

/** Whether orders are sent at the moment, as an operator reads it. */
export async function sendingOf(api: GatewayProcess): Promise<SendingView> {
  return (await read<SendingView>(api, '/sending')).body;
}

export async function untilSending(api: GatewayProcess, state: SendingView['state']): Promise<SendingView> {
  return await until(`sending is ${state}`, async () => {
    const sending = await sendingOf(api).catch(() => undefined);
    return sending?.state === state ? sending : undefined;
  });
}

/** The last operator events on record, the newest first. */
export async function operatorEvents(api: GatewayProcess): Promise<OperatorEventView[]> {
  return (await read<{ events: OperatorEventView[] }>(api, '/events?limit=100')).body.events;
}

export function isConfirmed({ status }: LedgerLine): boolean {
  return status === 'confirmed';
}

/** Confirmed or unknown: it will not be sent automatically. */
export function isSettled({ status }: LedgerLine): boolean {
  return status === 'confirmed' || status === 'unknown';
}

/** It is not sent any more: its sender at the time of the copy has not returned, or a person decides. */
export function isInDoubt({ status }: LedgerLine): boolean {
  return status === 'sending' || status === 'unknown';
}
