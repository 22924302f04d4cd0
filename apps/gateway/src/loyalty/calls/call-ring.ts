import type { Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import type { CallRecord } from './call-record.js';

/** So many calls are kept, of all processes together; a further one takes the place of the oldest. */
export const RING_SIZE = 10_000;

const CALLS = new ColumnArrays<CallRecord>({
  at: ['timestamptz', (call) => call.at],
  request_id: ['text', (call) => call.requestId],
  method: ['text', (call) => call.method],
  code: ['text', (call) => call.code],
  http_status: ['integer', (call) => call.httpStatus],
  duration_ms: ['float8', (call) => call.durationMs],
  card: ['text', (call) => call.card],
});

const ADD = statement('add-loyalty-calls')`
insert into loyalty_calls as kept (slot, id, at, request_id, method, code, http_status, duration_ms, card)
select id % ${String(RING_SIZE)}, id, at, request_id, method, code, http_status, duration_ms, card
  from (select nextval('loyalty_calls_id') as id, g.* from ${CALLS.rowsAs('g')}) given
on conflict (slot) do update
   set id = excluded.id, at = excluded.at, request_id = excluded.request_id, method = excluded.method,
       code = excluded.code, http_status = excluded.http_status, duration_ms = excluded.duration_ms,
       card = excluded.card
 where kept.id < excluded.id`;

/** @param calls fewer than the ring has places */
export async function addCalls(pool: Pool, calls: readonly CallRecord[]): Promise<void> {
  await pool.query({ ...ADD, values: CALLS.of(calls) });
}

const LIST = statement('list-loyalty-calls')`
select id, at, request_id as "requestId", method, code, http_status as "httpStatus", duration_ms as "durationMs", card
  from loyalty_calls
 where id < $1::bigint and ($2::text is null or method = $2) and ($3::text is null or code = $3)
   and ($4::text is null or request_id = $4)
 order by id desc limit $5`;

export interface CallFilter {
  readonly before: string;
  readonly method: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listCalls(pool: Pool, filter: CallFilter): Promise<(CallRecord & { readonly id: string })[]> {
  const { before, method, code, requestId, limit } = filter;
  const values = [before, method ?? null, code ?? null, requestId ?? null, limit];
  return (await pool.query<CallRecord & { readonly id: string }>({ ...LIST, values })).rows;
}
