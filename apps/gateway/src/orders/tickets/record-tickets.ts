import pg, { type Pool, type PoolClient } from 'pg';
import type { PlacedOrder } from '@vestibule/troika-contract';
import { cleanText } from '../../storage/clean-text.js';
import { runTransaction } from '../../storage/transaction.js';
import type { OrderStatus } from '../order-status.js';
import type { TicketRecord } from '../ticket.js';
import { REFUND_STATUSES, TICKET_MOVES, ticketStatusOf } from './ticket-status.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** What the partner said of one order's tickets. */
export interface TicketsReading {
  /** Our id of the order. */
  readonly orderId: string;
  /** The moment before the partner was asked, by the clock of the database: of two readings the later one counts. */
  readonly readAt: Date;
  readonly tickets: readonly TicketRecord[];
  /** The answer had unreadable lines: the order has more tickets. */
  readonly isPartial?: boolean;
}

/** An order and its tickets after a reading, and what of it was news. */
export interface RecordedTickets {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly tickets: readonly TicketRecord[];
  /** The tickets that have another status than before; one that is new and pending is none of them. */
  readonly changed: readonly TicketRecord[];
  /** Whether this reading made the order `cancelled`. */
  readonly cancelled: boolean;
}

/** A reading of app_get_order. */
export function readingOf(orderId: string, readAt: Date, placed: PlacedOrder): TicketsReading {
  const tickets = placed.lines.map((line) => ({
    orderTariffId: line.orderTariffId,
    cardNumber: line.cardNumber ?? null,
    tariffId: line.tariffId ?? null,
    status: ticketStatusOf(line),
  }));
  return { orderId, readAt, tickets, isPartial: !placed.isWhole };
}

/** In the common lock order, so that no deadlock occurs. */
const LOCK = statement('lock-orders')`select id from orders where id = any($1::uuid[]) order by id for update`;

const MOVES = Object.entries(TICKET_MOVES)
  .flatMap(([from, news]) => news.map((to) => `('${from}', '${to}')`))
  .join(', ');
const REFUNDS = REFUND_STATUSES.map((status) => `'${status}'`).join(', ');

const READINGS = new ColumnArrays<TicketsReading>({
  id: ['uuid', ({ orderId }) => orderId],
  read_at: ['timestamptz', ({ readAt }) => readAt],
  is_partial: ['boolean', ({ isPartial }) => isPartial === true],
});

/** One ticket of a reading, with its place among the others. */
type Line = TicketRecord & { readonly orderId: string; readonly position: number };

const LINES = new ColumnArrays<Line>(
  {
    order_id: ['uuid', ({ orderId }) => orderId],
    order_tariff_id: ['text', ({ orderTariffId }) => cleanText(orderTariffId)],
    position: ['integer', ({ position }) => position],
    card_number: ['text', ({ cardNumber }) => cleaned(cardNumber)],
    tariff_id: ['text', ({ tariffId }) => cleaned(tariffId)],
    status: ['text', ({ status }) => status],
  },
  READINGS.next,
);

/**
 * One INSERT writes all events, the order's behind those of its tickets: their ids then follow each other in that order.
 * A ticket that one answer names twice counts as its first line says.
 */
const RECORD = statement('record-tickets')`
with reading as (
  select o.id, o.status, r.read_at, o.anonymised_at is not null or o.erase_requested as is_masked,
         o.tickets_read_at is null or o.tickets_read_at <= r.read_at as is_newest, r.is_partial
    from ${READINGS.rowsAs('r')} join orders o using (id)
   where o.status in ('confirmed', 'cancelled')
), line as (
  select distinct on (l.order_id, l.order_tariff_id) l.order_id, l.order_tariff_id, l.position, l.tariff_id, l.status,
         case when r.is_masked then mask_card_number(l.card_number) else l.card_number end as card_number
    from ${LINES.rowsAs('l')}
    join reading r on r.id = l.order_id and r.is_newest
   order by l.order_id, l.order_tariff_id, l.position
), ticket as (
  select order_id, order_tariff_id, coalesce(t.position, l.position) as position, t.status as was,
         coalesce(l.card_number, t.card_number) as card_number, coalesce(l.tariff_id, t.tariff_id) as tariff_id,
         case when t.status is null or (t.status, l.status) in (${MOVES}) then l.status else t.status end as status,
         t.status is null
           or (l.card_number is not null and l.card_number is distinct from t.card_number)
           or (l.tariff_id is not null and l.tariff_id is distinct from t.tariff_id) as has_other_words
    from line l full join (select t.* from order_tickets t join reading r on r.id = t.order_id) t
      using (order_id, order_tariff_id)
), seen as (
  select *, status is distinct from was and not (was is null and status = 'pending') as is_news from ticket
), changed as (
  select * from seen where is_news or has_other_words
), stored as (
  insert into order_tickets as t (order_id, order_tariff_id, position, card_number, tariff_id, status)
  select order_id, order_tariff_id, position, card_number, tariff_id, status from changed
  on conflict (order_id, order_tariff_id) do update
     set card_number = excluded.card_number, tariff_id = excluded.tariff_id, status = excluded.status, updated_at = now()
), gone as (
  select r.id from reading r join seen s on s.order_id = r.id
   where r.status = 'confirmed' and not r.is_partial group by r.id having bool_and(s.status in (${REFUNDS}))
), now_is as (
  select r.id, r.read_at, case when g.id is null then r.status else 'cancelled' end as status, g.id is not null as is_gone
    from reading r left join gone g using (id)
), moved as (
  update orders o set status = n.status, updated_at = now(), tickets_read_at = greatest(o.tickets_read_at, n.read_at)
    from now_is n
   where o.id = n.id and (n.is_gone or exists (select from changed c where c.order_id = n.id))
), noted as (
  insert into order_events (order_id, status, cause, ticket_id, ticket_status)
  select order_id, status, cause, ticket_id, ticket_status from (
    select s.order_id, r.status, 'ticket-' || s.status as cause, s.order_tariff_id as ticket_id,
           s.status as ticket_status, false as is_last, s.position
      from seen s join reading r on r.id = s.order_id where s.is_news
    union all
    select id, status, 'cancelled-there', null, null, true, 0 from now_is where is_gone) events
  order by order_id, is_last, position
)
select n.id as "orderId", n.status, n.is_gone as cancelled, coalesce(t.tickets, '[]') as tickets
  from now_is n left join lateral (
    select json_agg(json_build_object('orderTariffId', s.order_tariff_id, 'cardNumber', s.card_number,
             'tariffId', s.tariff_id, 'status', s.status, 'isNews', s.is_news) order by s.position) as tickets
      from seen s where s.order_id = n.id) t on true`;

interface RecordedRow extends Omit<RecordedTickets, 'changed' | 'tickets'> {
  readonly tickets: readonly (TicketRecord & { readonly isNews: boolean })[];
}

/**
 * Writes down what the partner said of tickets: their state, an event for each that changed, and `cancelled` for an
 * order all of whose tickets go back. Each order is locked first, so that of two who read it at once the second one
 * compares with what the first has written; a reading that says nothing new changes nothing, and one that was asked for
 * before the latest that changed something is left aside.
 *
 * @param db a pool, or a connection with a transaction in progress that this becomes a part of
 * @param readings one for each order; of an order that is neither confirmed nor cancelled nothing is kept
 * @returns the orders that there are, as they are now
 */
export async function recordTickets(
  db: Pool | PoolClient,
  readings: readonly TicketsReading[],
): Promise<RecordedTickets[]> {
  if (readings.length === 0) return [];
  // Two statements: one alone would wait for the lock and then compare with the tickets as they were before it waited.
  const rows = await (db instanceof pg.Pool
    ? runTransaction(db, (client) => record(client, readings))
    : record(db, readings));
  return rows.map(({ tickets, ...row }) => {
    const changed = tickets.filter(({ isNews }) => isNews).map(toTicket);
    return { ...row, tickets: tickets.map(toTicket), changed };
  });
}

async function record(client: PoolClient, readings: readonly TicketsReading[]): Promise<RecordedRow[]> {
  const ids = readings.map(({ orderId }) => orderId);
  await client.query({ ...LOCK, values: [ids] });
  const lines = readings.flatMap(({ orderId, tickets }) =>
    tickets.map((ticket, position) => ({ orderId, position, ...ticket })),
  );
  const { rows } = await client.query<RecordedRow>({
    ...RECORD,
    values: [...READINGS.of(readings), ...LINES.of(lines)],
  });
  return rows;
}

function toTicket({ orderTariffId, cardNumber, tariffId, status }: TicketRecord): TicketRecord {
  return { orderTariffId, cardNumber, tariffId, status };
}

function cleaned(text: string | null): string | null {
  return text === null ? null : cleanText(text);
}
