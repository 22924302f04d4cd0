import type { TestDatabase } from './database.js';

let made = 0;

export interface TestCard {
  readonly number: string;
  /** Digits, country code first. */
  readonly phone: string;
  readonly email: string;
}

/** Inserts a card with a new member into the database; a later card is a newer one. */
export async function makeCard({ pool }: TestDatabase, state = 'active'): Promise<TestCard> {
  made += 1;
  const last = String(made).padStart(3, '0');
  const card = { number: `2900000000${last}`, phone: `79261112${last}`, email: `Vera.${made}@Example.com` };
  await pool.query(
    `with member as (
       insert into members (msisdn, email, first_name, surname, birth_date)
       values ($1, $2, 'Вера', 'Ростова', '1990-04-12') returning id
     )
     insert into cards (number, member_id, state, barcode, barcode_type) select $3, id, $4, $3, 'CODE_128' from member`,
    [card.phone, card.email, card.number, state],
  );
  return card;
}
