import type { Offer } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { ListOffersOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { isShown, TODAY, type CardRow } from './card-row.js';
import { statement } from '../../../storage/statement.js';

type OfferRow = Omit<Offer, 'id'> & Pick<CardRow, 'state'> & { readonly id: string | null };

/** A card without offers gives one row without an offer; an unknown card gives no row. */
const LIST = statement('list-offers')`
select c.state, o.id, o.title, o.description, o.image_url as "imageUrl", o.url,
       to_char(o.starts_on, 'YYYY-MM-DD') as "startDate", to_char(o.ends_on, 'YYYY-MM-DD') as "endDate"
  from cards c
  left join offers o
    on (o.for_all or exists (select from offer_cards w where w.card_number = c.number and w.offer_id = o.id))
   and (o.starts_on is null or o.starts_on <= ${TODAY}) and (o.ends_on is null or o.ends_on >= ${TODAY})
 where c.number = $1
 order by o.ends_on nulls last, o.id`;

/** The offers a holder can use today, those for all and those for this card, ordered by their end. */
export async function listOffers(
  pool: Pool,
  cardNumber: string,
  policy: CardProgramConfig,
): Promise<ListOffersOutcome> {
  const { rows } = await pool.query<OfferRow>({ ...LIST, values: [cardNumber] });
  const [first] = rows;
  if (first === undefined) return refused('cardNotFound');
  if (!isShown(first.state, policy)) return refused('cardBlocked');
  return done(rows.flatMap(({ id, ...offer }) => (id === null ? [] : [{ ...offer, id }])));
}
