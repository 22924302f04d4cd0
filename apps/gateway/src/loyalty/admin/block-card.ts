import type { Pool } from 'pg';
import type { Actor } from '../../audit/actor.js';
import { writeAudit } from '../../audit/write-audit.js';
import type { CardRow } from '../card-program/postgres/card-row.js';
import { inTransaction } from '../card-program/postgres/transaction.js';
import { lockCard } from './lock-card.js';

export type BlockOutcome =
  { readonly kind: 'done'; readonly card: Pick<CardRow, 'number' | 'state'> } | { readonly kind: 'not-found' };

/**
 * Blocks a card; a blocked card stays blocked and gets no second entry. `KOSHELEK_BLOCKED_CARDS` decides what Кошелёк
 * then sees.
 */
export function blockCard(pool: Pool, cardNumber: string, actor: Actor): Promise<BlockOutcome> {
  return changeState(pool, cardNumber, actor, {
    action: 'card.block',
    applies: (state) => state !== 'blocked',
    set: `state = 'blocked', blocked_from = c.state`,
  });
}

/** Ends a block: the card is again what it was before, active or inactive. */
export function unblockCard(pool: Pool, cardNumber: string, actor: Actor): Promise<BlockOutcome> {
  return changeState(pool, cardNumber, actor, {
    action: 'card.unblock',
    applies: (state) => state === 'blocked',
    // A card that was blocked before we stored this (or by an import) has no earlier state.
    set: `state = coalesce(c.blocked_from, 'active'), blocked_from = null`,
  });
}

interface Change {
  readonly action: 'card.block' | 'card.unblock';
  readonly applies: (state: CardRow['state']) => boolean;
  readonly set: string;
}

function changeState(
  pool: Pool,
  cardNumber: string,
  actor: Actor,
  { action, applies, set }: Change,
): Promise<BlockOutcome> {
  return inTransaction<BlockOutcome>(pool, async (client) => {
    const before = await lockCard(client, cardNumber);
    if (before === undefined) return { kind: 'not-found' };
    if (!applies(before.state)) return { kind: 'done', card: before };
    const { rows } = await client.query<Pick<CardRow, 'number' | 'state'>>({
      name: action,
      text: `update cards c set ${set}, updated_at = now() where number = $1 returning number, state`,
      values: [cardNumber],
    });
    const [after] = rows;
    if (after === undefined) throw new Error('a locked card has disappeared');
    const details = { before: { state: before.state }, after: { state: after.state } };
    await writeAudit(client, actor, { action, cardNumber, details });
    return { kind: 'done', card: after };
  });
}
