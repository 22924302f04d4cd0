import type { ReceiptEntry } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { SubmitReceiptOutcome } from '../card-program.js';
import { DONE, refused } from '../outcome.js';
import { TODAY } from './card-row.js';
import { findHolder } from './promo-holder.js';
import { inTransaction } from './transaction.js';

/** Gives nothing when the receipt is known. A copy that arrives at the same instant waits here for the first. */
const KEEP = `
insert into receipts (card_number, fiscal_drive, document, fiscal_sign, printed_at, sum, raw)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict on constraint receipts_once do nothing
returning id`;

/** What every rule that fits earns, in whole bonuses, rounded down. The sum is in kopecks, a bonus is a rouble. */
const CREDIT = `
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

/** Counts a receipt, once ever, and credits what the promo rules give for it; one that earns nothing is counted too. */
export function submitReceipt(pool: Pool, { holder, receipt, raw }: ReceiptEntry): Promise<SubmitReceiptOutcome> {
  return inTransaction<SubmitReceiptOutcome>(pool, async (client) => {
    if (receipt.operation !== 'sale') return refused('receiptNotSale');
    const card = await findHolder(client, holder);
    if (card.kind === 'refused') return card;
    const { fiscalDrive, document, fiscalSign, time, sum } = receipt;
    const { rows } = await client.query<{ id: string }>({
      name: 'keep-receipt',
      text: KEEP,
      values: [card.value, fiscalDrive, document, fiscalSign, time, sum, JSON.stringify(raw)],
    });
    const [kept] = rows;
    if (kept === undefined) return refused('receiptRepeated');
    await client.query({ name: 'credit-receipt', text: CREDIT, values: [kept.id] });
    return DONE;
  });
}
