import { pageOf, rowsFor } from '../../../storage/page.js';
import type { Pool } from 'pg';
import { webhookIdOf } from '../webhook-id.js';
import { statement } from '../../../storage/statement.js';
import type { DeliveryAttemptRecord, DeliveryRecord, DeliveryState } from './delivery-records.js';

export interface DeliveryFilter {
  readonly orderId: string | undefined;
  readonly state: DeliveryState | undefined;
  readonly endpointId: string | undefined;
}

const COLUMNS = `id, type, order_id as "orderId", endpoint_id as "endpointId", url, state as status, attempts,
  case when state = 'pending' then due_at end as "nextAttemptAt", at as timestamp, settled_at as "settledAt"`;

/**
 * The newest first, of one producer.
 *
 * @param before the number of the event behind which the page begins
 * @returns the page, and where the next one begins
 */
export async function listDeliveries(
  pool: Pool,
  apiKeyName: string,
  { filter, before, limit }: { filter: DeliveryFilter; before: string; limit: number },
): Promise<{ deliveries: DeliveryRecord[]; next: string | undefined }> {
  const values: unknown[] = [apiKeyName, before, rowsFor(limit)];
  const conditions = ['api_key_name = $1', 'event_id < $2'];
  const add = (value: unknown, column: string): void => {
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`);
  };
  add(filter.orderId, 'order_id');
  add(filter.state, 'state');
  add(filter.endpointId, 'endpoint_id');
  const { rows } = await pool.query<DeliveryRecord & { eventId: string }>(
    `select ${COLUMNS}, event_id as "eventId" from callback_deliveries where ${conditions.join(' and ')}
      order by event_id desc limit $3`,
    values,
  );
  const { page, last } = pageOf(rows, limit);
  return { deliveries: page.map(({ eventId: _cursor, ...row }) => withWebhookId(row)), next: last?.eventId };
}

const ONE = statement('find-delivery')`select ${COLUMNS} from callback_deliveries where id = $1 and api_key_name = $2`;
const ATTEMPTS = statement('find-delivery-attempts')`
select number, started_at as "startedAt", ended_at as "endedAt", outcome, http_status as "httpStatus", detail,
       duration_ms as "durationMs"
  from callback_attempts where delivery_id = $1 order by number`;

/** @returns a delivery with its attempts, the first one first; undefined when the producer has none with this id */
export async function findDelivery(
  pool: Pool,
  apiKeyName: string,
  id: string,
): Promise<{ delivery: DeliveryRecord; attempts: DeliveryAttemptRecord[] } | undefined> {
  const { rows } = await pool.query<DeliveryRecord>({ ...ONE, values: [id, apiKeyName] });
  const [found] = rows;
  if (found === undefined) return undefined;
  const { rows: attempts } = await pool.query<DeliveryAttemptRecord>({
    ...ATTEMPTS,
    values: [id],
  });
  return { delivery: withWebhookId(found), attempts };
}

function withWebhookId(row: DeliveryRecord): DeliveryRecord {
  return { ...row, id: webhookIdOf(row.id) };
}
