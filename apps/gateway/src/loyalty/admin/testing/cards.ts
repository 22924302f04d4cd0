import type { Pool } from 'pg';

let made = 0;

/** Creates a card with a new member. @returns its number */
export async function makeCard(pool: Pool, state: 'active' | 'inactive' | 'blocked' = 'active'): Promise<string> {
  made += 1;
  const number = `29${String(made).padStart(11, '0')}`;
  await pool.query(
    `with member as (
       insert into members (msisdn, email, first_name, surname)
       values ($1, $2, 'Анна', 'Каренина') returning id
     )
     insert into cards (number, member_id, state, barcode, barcode_type) select $3, id, $4, $3, 'CODE_128' from member`,
    [`7916${String(made).padStart(7, '0')}`, `anna${made}@example.com`, number, state],
  );
  return number;
}

export interface GivenLot {
  readonly amount: string;
  readonly spent?: string;
  readonly availableFrom?: string;
  readonly validUntil?: string;
  readonly description?: string;
}

/** Puts lots on a card, in this order. */
export async function giveLots(pool: Pool, cardNumber: string, lots: readonly GivenLot[]): Promise<void> {
  for (const { amount, spent = '0', availableFrom, validUntil, description = 'gift' } of lots) {
    await pool.query(
      `insert into bonus_lots (card_number, description, amount, spent, available_from, valid_until, source)
       values ($1, $2, $3, $4, $5, $6, 'test')`,
      [cardNumber, description, amount, spent, availableFrom ?? null, validUntil ?? null],
    );
  }
}

/** What is left of each lot of a card, in the order they were made. */
export async function restsOf(pool: Pool, cardNumber: string): Promise<string[]> {
  const { rows } = await pool.query<{ rest: string }>(
    'select trim_scale(amount - spent)::text as rest from bonus_lots where card_number = $1 order by id',
    [cardNumber],
  );
  return rows.map(({ rest }) => rest);
}

/** The entries of the audit about a card, the oldest first. */
export async function auditOf(
  pool: Pool,
  cardNumber: string,
): Promise<{ who: string; action: string; why: string | null; details: Record<string, unknown> }[]> {
  const { rows } = await pool.query<{
    who: string;
    action: string;
    why: string | null;
    details: Record<string, unknown>;
  }>('select who, action, why, details from audit where card_number = $1 order by id', [cardNumber]);
  return rows;
}
