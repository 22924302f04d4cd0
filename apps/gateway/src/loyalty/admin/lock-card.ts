import type { PoolClient } from 'pg';
import type { CardRow } from '../card-program/postgres/card-row.js';
import { statement } from '../../storage/statement.js';

const LOCK_CARD = statement('lock-card')`
select number, state from cards where number = $1 and erased_at is null for no key update`;

/**
 * Locks a card until the end of the transaction: operators' changes of one card run one after the other. Bonuses from
 * Кошелёк's calls do not wait, because they only refer to the card.
 *
 * @returns undefined when the card is unknown or its holder was erased
 */
export async function lockCard(
  client: PoolClient,
  cardNumber: string,
): Promise<Pick<CardRow, 'number' | 'state'> | undefined> {
  const { rows } = await client.query<Pick<CardRow, 'number' | 'state'>>({
    ...LOCK_CARD,
    values: [cardNumber],
  });
  return rows[0];
}
