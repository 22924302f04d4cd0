import type pg from 'pg';
import type { AuditAction } from '../../audit/action.js';
import { date, uuid } from '../../http/schema/formats.js';
import { integer, listOf, named, object, orNull, text, type Schema, type TypeOf } from '../../http/schema/schema.js';
import { ORDER_STATUS, type OrderStatus } from '../../orders/order-status.js';
import { statement } from '../../storage/statement.js';

/** A file by its content, and the name under which its orders are placed. */
export interface FileKey {
  readonly owner: string;
  /** A keyed hash of its bytes, in hexadecimal. */
  readonly hash: string;
}

const counts: Schema<Partial<Record<OrderStatus, number>>> = {
  type: 'object',
  additionalProperties: { type: 'integer', minimum: 0 },
  description: 'How many of its orders are in each state now.',
};
export const FILE_PROGRESS = named(
  'FileProgress',
  object(
    {
      hash: text('A hash of its content.'),
      lines: integer('How many orders were to be placed.', { minimum: 0 }),
      begunAt: date('When it was placed.'),
      finishedAt: orNull(date('Null: not all of them were placed, and the file can be sent again.')),
      counts,
    },
    { description: 'How far a file has come.' },
  ),
);
export type FileProgress = TypeOf<typeof FILE_PROGRESS>;
export const FILE_LIST = named('FileList', object({ files: listOf(FILE_PROGRESS) }));

const ORDER_OF_LINE = named(
  'OrderOfLine',
  object({
    line: integer('The line of the file, as its reader counts.', { minimum: 1 }),
    orderId: uuid('The order that it has become.'),
    status: orNull(ORDER_STATUS),
    reference: orNull(text('As the file had it.')),
    troikaOrderId: orNull(text('Its id at Тройка Бизнес.')),
    totalAmount: orNull(text('What it cost, in roubles.')),
    resultMessage: orNull(text('What Тройка Бизнес said, personal data masked.')),
  }),
);
/** The order that a line has become; its status is null when it was purged. */
export type OrderOfLine = TypeOf<typeof ORDER_OF_LINE>;
export const PLACED_LINES = named('PlacedLines', object({ lines: listOf(ORDER_OF_LINE) }));

const PLACED: AuditAction = 'orders.place';

/** The audit has a file once, however often it is sent. */
const BEGIN = statement('begin-order-file')`
with begun as (
  insert into order_files (owner, hash, lines) values ($1, $2, $3)
  on conflict (owner, hash) do update set lines = excluded.lines, finished_at = null
  returning xmax = 0 as is_new
)
insert into audit (who, action, details)
select $4, '${PLACED}', jsonb_build_object('hash', $2::text, 'lines', $3::integer) from begun where is_new`;

const RECORD = statement('record-order-file-lines')`
insert into order_file_lines (owner, hash, line, order_id)
select $1, $2, line, order_id from unnest($3::integer[], $4::uuid[]) as g (line, order_id)
on conflict do nothing`;

const FINISH = statement('finish-order-file')`
update order_files set finished_at = now() where owner = $1 and hash = $2`;

const PROGRESS = `
select f.hash, f.lines, f.begun_at as "begunAt", f.finished_at as "finishedAt",
       coalesce((select jsonb_object_agg(status, count)
                   from (select o.status, count(*) as count
                           from order_file_lines l join orders o on o.id = l.order_id
                          where l.owner = f.owner and l.hash = f.hash group by o.status) s), '{}') as counts
  from order_files f`;

const FIND = statement('find-order-file')`${PROGRESS} where f.owner = $1 and f.hash = $2`;

const MOST_LISTED = 20;
const LIST = statement(
  'list-order-files',
)`${PROGRESS} where f.owner = $1 order by f.begun_at desc limit ${MOST_LISTED}`;

const LINES = statement('list-order-file-lines')`
select l.line, l.order_id as "orderId", o.status, o.reference, o.troika_order_id as "troikaOrderId",
       o.total_amount as "totalAmount", o.result_message as "resultMessage"
  from order_file_lines l left join orders o on o.id = l.order_id
 where l.owner = $1 and l.hash = $2 order by l.line`;

/** Notes that the orders of a file are about to be placed. @param who the name of the key, for the audit */
export async function beginFile(pool: pg.Pool, { owner, hash }: FileKey, lines: number, who: string): Promise<void> {
  await pool.query({ ...BEGIN, values: [owner, hash, lines, who] });
}

/** Keeps which order each line has become; a line that is repeated keeps its first one. */
export async function recordLines(
  pool: pg.Pool,
  { owner, hash }: FileKey,
  placed: readonly { readonly line: number; readonly orderId: string }[],
): Promise<void> {
  const values = [owner, hash, placed.map(({ line }) => line), placed.map(({ orderId }) => orderId)];
  await pool.query({ ...RECORD, values });
}

export async function finishFile(pool: pg.Pool, { owner, hash }: FileKey): Promise<void> {
  await pool.query({ ...FINISH, values: [owner, hash] });
}

/** @returns undefined when the owner has placed nothing of such a file */
export async function findFile(pool: pg.Pool, { owner, hash }: FileKey): Promise<FileProgress | undefined> {
  const { rows } = await pool.query<FileProgress>({ ...FIND, values: [owner, hash] });
  return rows[0];
}

/** The last files of an owner, the newest first. */
export async function listFiles(pool: pg.Pool, owner: string): Promise<FileProgress[]> {
  const { rows } = await pool.query<FileProgress>({ ...LIST, values: [owner] });
  return rows;
}

export async function listPlacedLines(pool: pg.Pool, { owner, hash }: FileKey): Promise<OrderOfLine[]> {
  const { rows } = await pool.query<OrderOfLine>({ ...LINES, values: [owner, hash] });
  return rows;
}
