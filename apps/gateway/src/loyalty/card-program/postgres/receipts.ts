import type { ReceiptEntry } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { SubmitReceiptOutcome } from '../card-program.js';
import { DONE, refused } from '../outcome.js';
import { TODAY } from './card-row.js';
import { findHolder } from './promo-holder.js';
import { inTransaction } from './transaction.js';
import { statement } from '../../../storage/statement.js';

/**
 * Gives no row for a known receipt. A copy that arrives at the same instant waits here for the first. A receipt that
 * was stored without credit, because its operation was unknown, is credited when it arrives again as a sale.
 */
const INSERT = statement('insert-receipt')`
insert into receipts as known
  (card_number, fiscal_drive, document, fiscal_sign, printed_at, sum, operation, raw)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict on constraint receipts_once do update
  set card_number = excluded.card_number, printed_at = excluded.printed_at, sum = excluded.sum,
      operation = excluded.operation, raw = excluded.raw, at = now()
  where known.operation = 'unknown' and excluded.operation = 'sale'
returning id`;

/** What every rule that fits earns, in whole bonuses, rounded down. The sum is in kopecks, a bonus is a rouble. */
const CREDIT = statement('credit-receipt')`
with earned as (
  select t.id as receipt_id, r.id as rule_id, r.description, r.bonus_days, t.card_number,
         t.id || '/' || r.id as external_id, trunc(t.sum * r.percent / 10000) + r.fixed as amount
    from receipts t
    join receipt_rules r
      on t.sum >= r.minimum_sum
     and (r.starts_at is null or r.starts_at <= t.printed_at) and (r.ends_at is null or r.ends_at > t.printed_at)
   where t.id = $1
), lots as (
  insert into bonus_lots (card_number, description, amount, valid_until, source, external_id)
  select card_number, description, amount, ${TODAY} + bonus_days, 'receipt', external_id from earned where amount > 0
  returning id, external_id
)
insert into receipt_credits (receipt_id, rule_id, lot_id)
select receipt_id, rule_id, lots.id from earned join lots using (external_id)`;

/**
 * Counts a receipt once ever, and credits what the promo rules give for it; a receipt that earns nothing is counted
 * too. A refund or a purchase by the shop is refused. A receipt of an unknown operation is stored and earns nothing.
 */
export function submitReceipt(pool: Pool, { holder, receipt, rawBody }: ReceiptEntry): Promise<SubmitReceiptOutcome> {
  return inTransaction<SubmitReceiptOutcome>(pool, async (client) => {
    const { fiscalDrive, document, fiscalSign, time, sum, operation } = receipt;
    if (operation !== 'sale' && operation !== 'unknown') return refused('receiptNotSale');
    const card = await findHolder(client, holder);
    if (card.kind === 'refused') return card;
    const { rows } = await client.query<{ id: string }>({
      ...INSERT,
      values: [card.value, fiscalDrive, document, fiscalSign, time, sum, operation, rawBody],
    });
    const [kept] = rows;
    if (kept === undefined) return refused('receiptRepeated');
    if (operation === 'sale') await client.query({ ...CREDIT, values: [kept.id] });
    return DONE;
  });
}
