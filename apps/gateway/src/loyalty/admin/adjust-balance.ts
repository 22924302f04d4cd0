import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../../audit/actor.js';
import { writeAudit } from '../../audit/write-audit.js';
import { inTransaction } from '../card-program/postgres/transaction.js';
import { addLot, BALANCE, balanceOf, isDayOver, spendLots } from './bonus-lots.js';
import type { Adjusted, Balance } from './card-views.js';
import { lockCard } from './lock-card.js';
import { statement } from '../../storage/statement.js';

/** What an operator wants done to a balance. */
export interface Adjustment {
  /** Decimals, never zero; below zero for a debit. */
  readonly amount: string;
  readonly description: string;
  /** The last day of a credit; undefined: it does not expire. */
  readonly validUntil: string | undefined;
  /** Distinguishes a repeated call from a different call under the same key. */
  readonly requestHash: Buffer;
}

export type AdjustOutcome =
  | { readonly kind: 'done'; readonly adjusted: Adjusted; readonly replayed: boolean }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'valid-until-over' }
  /** A credit of more than one person gives. */
  | { readonly kind: 'over-limit'; readonly limit: number }
  /** A debit of more than the card has; the balance stays as it is. */
  | { readonly kind: 'not-enough'; readonly balance: Balance };

/**
 * Credits or debits a card, once for each idempotency key: a credit makes a lot, a debit spends what is available, the
 * first to expire first. The lots, the adjustment and its entry of the audit are one transaction.
 *
 * @param idempotencyKey of the caller; keys of different callers are independent
 * @param limit the largest credit; one that was given before is answered again
 */
export function adjustBalance(
  pool: Pool,
  cardNumber: string,
  adjustment: Adjustment,
  actor: Actor,
  idempotencyKey: string,
  limit = Infinity,
): Promise<AdjustOutcome> {
  return inTransaction<AdjustOutcome>(pool, async (client) => {
    // First, so that a repeated call waits here for the call in progress.
    const card = await lockCard(client, cardNumber);
    const known = await findByKey(client, actor.who, idempotencyKey);
    if (known !== undefined) return repeat(known, cardNumber, adjustment.requestHash);
    if (card === undefined) return { kind: 'not-found' };
    const { amount, description, validUntil } = adjustment;
    if (Number(amount) > limit) return { kind: 'over-limit', limit };
    if (validUntil !== undefined && (await isDayOver(client, validUntil))) return { kind: 'valid-until-over' };

    const values = [cardNumber, actor.who, idempotencyKey, adjustment.requestHash, amount, description];
    const { rows } = await client.query<AdjustmentRow>({ ...NOTE, values });
    const [noted] = rows;
    const lots =
      noted &&
      (amount.startsWith('-') ? await spendLots(client, noted.id) : await addLot(client, noted.id, validUntil));
    if (lots === undefined) return { kind: 'not-enough', balance: await balanceOf(client, cardNumber) };

    const adjusted = toAdjusted(noted as AdjustmentRow);
    const { id, before, after } = adjusted;
    const details = { adjustmentId: id, amount: adjusted.amount, description, validUntil, lots, before, after };
    await writeAudit(client, actor, { action: 'card.adjust', cardNumber, details });
    return { kind: 'done', adjusted, replayed: false };
  });
}

interface AdjustmentRow {
  readonly id: string;
  readonly cardNumber: string;
  /** Null when the holder was erased. */
  readonly requestHash: Buffer | null;
  readonly amount: string;
  readonly description: string;
  readonly at: Date;
  readonly totalBefore: string;
  readonly availableBefore: string;
  readonly totalAfter: string;
  readonly availableAfter: string;
}

const COLUMNS = `id, card_number as "cardNumber", request_hash as "requestHash", trim_scale(amount)::text as amount,
  description, at, trim_scale(total_before)::text as "totalBefore", trim_scale(total_after)::text as "totalAfter",
  trim_scale(available_before)::text as "availableBefore", trim_scale(available_after)::text as "availableAfter"`;

/** Gives nothing when the card has less than a debit asks for. */
const NOTE = statement('note-adjustment')`
insert into balance_adjustments (card_number, key_name, idempotency_key, request_hash, amount, description,
                                 total_before, available_before, total_after, available_after)
select $1, $2, $3, $4, $5::numeric, $6, total, available, total + $5::numeric, available + $5::numeric
  from (${BALANCE}) b where available + $5::numeric >= 0
returning ${COLUMNS}`;

const FIND_ADJUSTMENT = statement('find-adjustment')`
select ${COLUMNS} from balance_adjustments where key_name = $1 and idempotency_key = $2`;

async function findByKey(client: PoolClient, who: string, key: string): Promise<AdjustmentRow | undefined> {
  const { rows } = await client.query<AdjustmentRow>({
    ...FIND_ADJUSTMENT,
    values: [who, key],
  });
  return rows[0];
}

function repeat(known: AdjustmentRow, cardNumber: string, requestHash: Buffer): AdjustOutcome {
  const isSame = known.cardNumber === cardNumber && (known.requestHash?.equals(requestHash) ?? true);
  return isSame ? { kind: 'done', adjusted: toAdjusted(known), replayed: true } : { kind: 'key-reused' };
}

function toAdjusted({ id, cardNumber, amount, description, at, ...row }: AdjustmentRow): Adjusted {
  return {
    id,
    cardNumber,
    amount,
    description,
    at,
    before: { total: row.totalBefore, available: row.availableBefore },
    after: { total: row.totalAfter, available: row.availableAfter },
  };
}
