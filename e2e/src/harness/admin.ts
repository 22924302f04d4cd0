import { call, type Answer } from './calls.js';
import type { TestDatabase } from './database.js';
import type { GatewayProcess } from './gateway-process.js';

export interface AuditEntry {
  readonly id: string;
  readonly who: string;
  readonly action: string;
  readonly orderId: string | null;
  readonly cardNumber: string | null;
  readonly why: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const secret = 'test-admin-key';

/** Asks the gateway for something, as an operator does. */
export const ask = <T>(gateway: GatewayProcess, path: string, body?: unknown): Promise<Answer<T>> =>
  call<T>(gateway, 'POST', `/admin${path}`, { secret, ...(body === undefined ? {} : { body }) });

/** Reads what operators may see. */
export const read = <T>(gateway: GatewayProcess, path: string): Promise<Answer<T>> =>
  call<T>(gateway, 'GET', `/admin${path}`, { secret });

/** The latest decisions on record, the newest first. */
export async function auditOf(gateway: GatewayProcess): Promise<AuditEntry[]> {
  return (await read<{ entries: AuditEntry[] }>(gateway, '/audit')).body.entries;
}

/** An operator's words for an unknown order that was executed. */
export function confirmed(troikaOrderId: unknown, more: object = {}): object {
  return { decision: 'confirmed', troikaOrderId, ...more };
}

/** An operator's words for an unknown order that was not executed. */
export function notCreated(then: unknown): object {
  // oxlint-disable-next-line unicorn/no-thenable -- the field's documented name; it is a text, and no one awaits it
  return { decision: 'not-created', then };
}

/** The order's present state in the ledger; `gone` when it is missing. */
export async function statusOf({ pool }: TestDatabase, id: string): Promise<string> {
  const { rows } = await pool.query<{ status: string }>('select status from orders where id = $1', [id]);
  return rows[0]?.status ?? 'gone';
}

/** The history of an order, one line per event. */
export async function eventsOf({ pool }: TestDatabase, id: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select status || ': ' || cause as line from order_events where order_id = $1 order by id`,
    [id],
  );
  return rows.map(({ line }) => line);
}
