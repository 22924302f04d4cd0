import type { PromoHolder } from '@vestibule/koshelek-contract';
import type { PoolClient } from 'pg';
import type { Outcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import type { CardRow } from './card-row.js';
import { statement } from '../../../storage/statement.js';

type Holder = Pick<CardRow, 'number' | 'state'>;

const HOLDER_BY_PHONE = statement('holder-by-phone')`
select c.number, c.state from members m join cards c on c.member_id = m.id where m.msisdn = $1`;

const HOLDER_BY_CARD = statement('holder-by-card')`select number, state from cards where number = $1`;

/** The number of the card that a receipt or a promo code is for. A blocked card earns nothing, also where it is shown. */
export async function findHolder(
  client: PoolClient,
  { cardNumber, phone }: PromoHolder,
): Promise<Outcome<string, 'cardNotFound' | 'cardBlocked'>> {
  const { rows } = await client.query<Holder>(
    cardNumber === undefined
      ? {
          ...HOLDER_BY_PHONE,
          values: [phone],
        }
      : { ...HOLDER_BY_CARD, values: [cardNumber] },
  );
  const [card] = rows;
  if (card === undefined) return refused('cardNotFound');
  return card.state === 'blocked' ? refused('cardBlocked') : done(card.number);
}
