import type { PoolClient } from 'pg';
import type { CardRow } from '../card-program/postgres/card-row.js';

/**
 * Locks a card until the end of the transaction: what operators do to one card happens one after the other. Bonuses
 * that Кошелёк's calls bring to it do not wait, for they only refer to the card.
 *
 * @returns undefined when there is no such card, or its holder was erased: no one is left to do anything for
 */
export async function lockCard(
  client: PoolClient,
  cardNumber: string,
): Promise<Pick<CardRow, 'number' | 'state'> | undefined> {
  const { rows } = await client.query<Pick<CardRow, 'number' | 'state'>>({
    name: 'lock-card',
    text: 'select number, state from cards where number = $1 and erased_at is null for no key update',
    values: [cardNumber],
  });
  return rows[0];
}
