import type { PoolClient } from 'pg';
import { LOT_COUNTS, LOT_HAS_BEGUN, LOT_ORDER, TODAY } from '../card-program/postgres/card-row.js';
import type { Balance } from './card-views.js';
import { statement } from '../../storage/statement.js';

/** What an adjustment did to one lot: above zero it made it, below it spent of it. */
export interface LotPart {
  readonly lotId: string;
  readonly amount: string;
}

/** The balance of the card `$1`, as one row `total`, `available`. */
export const BALANCE = `
select coalesce(sum(amount - spent), 0) as total,
       coalesce(sum(amount - spent) filter (where ${LOT_HAS_BEGUN}), 0) as available
  from bonus_lots where card_number = $1 and ${LOT_COUNTS}`;

const BALANCE_OF_CARD = statement('balance-of-card')`
select trim_scale(total)::text as total, trim_scale(available)::text as available from (${BALANCE}) b`;

export async function balanceOf(client: PoolClient, cardNumber: string): Promise<Balance> {
  const { rows } = await client.query<Balance>({
    ...BALANCE_OF_CARD,
    values: [cardNumber],
  });
  const [balance] = rows;
  if (balance === undefined) throw new Error('a balance is always one row');
  return balance;
}

const ADD = statement('add-operator-lot')`
with lot as (
  insert into bonus_lots (card_number, description, amount, valid_until, source, external_id)
  select card_number, description, amount, $2::date, 'operator', id::text from balance_adjustments where id = $1
  returning id, amount
)
insert into balance_adjustment_lots (adjustment_id, lot_id, amount) select $1, id, amount from lot
returning lot_id as "lotId", trim_scale(amount)::text as amount`;

/** Makes the lot of a credit. */
export async function addLot(
  client: PoolClient,
  adjustmentId: string,
  validUntil: string | undefined,
): Promise<LotPart[]> {
  const { rows } = await client.query<LotPart>({
    ...ADD,
    values: [adjustmentId, validUntil ?? null],
  });
  return rows;
}

/** Each lot gives what it has until the sum is reached: `earlier` is what those before it give. */
const SPEND = statement('spend-lots')`
with wanted as (
  select card_number, -amount as amount from balance_adjustments where id = $1
), lots as (
  select id, amount - spent as rest, valid_until from bonus_lots
   where card_number = (select card_number from wanted) and ${LOT_COUNTS} and ${LOT_HAS_BEGUN}
   order by ${LOT_ORDER} for update
), queued as (
  select id, rest, valid_until, sum(rest) over (order by ${LOT_ORDER}) - rest as earlier from lots
), taken as (
  select q.id, least(q.rest, w.amount - q.earlier) as amount from queued q cross join wanted w where q.earlier < w.amount
), spent as (
  update bonus_lots l set spent = l.spent + t.amount from taken t where l.id = t.id
  returning l.id, t.amount
), noted as (
  insert into balance_adjustment_lots (adjustment_id, lot_id, amount) select $1, id, -amount from spent
)
select s.id as "lotId", trim_scale(-s.amount)::text as amount,
       sum(s.amount) over () = (select amount from wanted) as "isAll"
  from spent s join queued q using (id) order by q.earlier`;

/**
 * Spends what a debit asks for of the lots that are available, the first to expire first.
 *
 * @returns undefined when they hold less: the caller must undo the transaction
 */
export async function spendLots(client: PoolClient, adjustmentId: string): Promise<LotPart[] | undefined> {
  const { rows } = await client.query<LotPart & { isAll: boolean }>({
    ...SPEND,
    values: [adjustmentId],
  });
  if (rows[0]?.isAll !== true) return undefined;
  return rows.map(({ lotId, amount }) => ({ lotId, amount }));
}

const IS_DAY_OVER = statement('is-day-over')`select $1::date < ${TODAY} as over`;

/** Whether a day is over where the programme's days end. */
export async function isDayOver(client: PoolClient, day: string): Promise<boolean> {
  const { rows } = await client.query<{ over: boolean }>({
    ...IS_DAY_OVER,
    values: [day],
  });
  return rows[0]?.over === true;
}
