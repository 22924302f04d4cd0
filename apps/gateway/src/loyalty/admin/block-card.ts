import type { Pool } from 'pg';
import type { Actor } from '../../audit/actor.js';
import { writeAudit } from '../../audit/write-audit.js';
import type { CardRow } from '../card-program/postgres/card-row.js';
import { inTransaction } from '../card-program/postgres/transaction.js';
import { statement, type Statement } from '../../storage/statement.js';
import { lockCard } from './lock-card.js';

export type BlockOutcome =
  { readonly kind: 'done'; readonly card: Pick<CardRow, 'number' | 'state'> } | { readonly kind: 'not-found' };

const changing = (action: Change['action'], set: string): Statement => statement(action)`
update cards c set ${set}, updated_at = now() where number = $1 returning number, state`;

const BLOCK = changing('card.block', `state = 'blocked', blocked_from = c.state`);

/** A card that was blocked before we stored this (or by an import) has no earlier state. */
const UNBLOCK = changing('card.unblock', `state = coalesce(c.blocked_from, 'active'), blocked_from = null`);

/**
 * Blocks a card; a blocked card stays blocked and gets no second entry. `KOSHELEK_BLOCKED_CARDS` decides what Кошелёк
 * then sees.
 */
export function blockCard(pool: Pool, cardNumber: string, actor: Actor): Promise<BlockOutcome> {
  return changeState(pool, cardNumber, actor, {
    action: 'card.block',
    applies: (state) => state !== 'blocked',
    change: BLOCK,
  });
}

/** Ends a block: the card is again what it was before, active or inactive. */
export function unblockCard(pool: Pool, cardNumber: string, actor: Actor): Promise<BlockOutcome> {
  return changeState(pool, cardNumber, actor, {
    action: 'card.unblock',
    applies: (state) => state === 'blocked',
    change: UNBLOCK,
  });
}

interface Change {
  readonly action: 'card.block' | 'card.unblock';
  readonly applies: (state: CardRow['state']) => boolean;
  readonly change: Statement;
}

function changeState(
  pool: Pool,
  cardNumber: string,
  actor: Actor,
  { action, applies, change }: Change,
): Promise<BlockOutcome> {
  return inTransaction<BlockOutcome>(pool, async (client) => {
    const before = await lockCard(client, cardNumber);
    if (before === undefined) return { kind: 'not-found' };
    if (!applies(before.state)) return { kind: 'done', card: before };
    const { rows } = await client.query<Pick<CardRow, 'number' | 'state'>>({
      ...change,
      values: [cardNumber],
    });
    const [after] = rows;
    if (after === undefined) throw new Error('a locked card has disappeared');
    const details = { before: { state: before.state }, after: { state: after.state } };
    await writeAudit(client, actor, { action, cardNumber, details });
    return { kind: 'done', card: after };
  });
}
