import pg from 'pg';
import type { Executed, LedgerOrder, InjectedFault } from './audit.js';

/** Reads every order from the ledger, with its last attempt. */
export async function readLedger(databaseUrl: string): Promise<LedgerOrder[]> {
  return await withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<LedgerOrder>(`
      select o.id, o.idempotency_key as "idempotencyKey", o.status, o.troika_order_id as "troikaOrderId", a.reason,
             o.body -> 'orderData' -> 0 ->> 'cardNumber' as "cardNumber",
             (extract(epoch from a.started_at) * 1000)::float8 as "startedAt",
             (select e.cause from order_events e where e.order_id = o.id order by e.id desc limit 1) as cause
        from orders o left join order_attempts a on a.order_id = o.id and a.number = o.attempts`);
    return rows;
  });
}

/** How many orders are on their way. */
export async function countUnsettled(databaseUrl: string): Promise<number> {
  return await withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::integer as count from orders where status in ('accepted', 'sending', 'retrying')`,
    );
    return rows[0]?.count ?? 0;
  });
}

/** Asks the ledger. */
export function queryLedger<Row extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<Row[]> {
  return withDatabase(databaseUrl, async (client) => (await client.query<Row>(text)).rows);
}

async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // The server may be killed under it: then its query fails, and that is where it is dealt with.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface ControlEntry {
  readonly orderId: number;
  readonly rawBody: string;
  readonly fault: string;
}

/** The orders that the stand-in executed. */
export async function readExecuted(sandboxUrl: string): Promise<Executed[]> {
  const orders = (await (await fetch(`${sandboxUrl}/_control/orders`)).json()) as ControlEntry[];
  return orders.map(({ orderId, rawBody }) => ({ orderId: String(orderId), cardNumber: cardNumberIn(rawBody) }));
}

/** The calls with a simulated fault. */
export async function readPlayed(sandboxUrl: string): Promise<InjectedFault[]> {
  const injected = (await (await fetch(`${sandboxUrl}/_control/played`)).json()) as ControlEntry[];
  return injected.map(({ fault, rawBody }) => ({ fault, cardNumber: cardNumberIn(rawBody) }));
}

function cardNumberIn(rawBody: string): string {
  // A call that was cut off while it was being written has no whole body.
  return /"cardNumber":"(\d+)"/.exec(rawBody)?.[1] ?? 'none';
}
