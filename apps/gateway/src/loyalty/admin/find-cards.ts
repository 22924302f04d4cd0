import { pageOf, rowsFor } from '../../storage/page.js';
import type { Pool } from 'pg';
import type { CardRow } from '../card-program/postgres/card-row.js';
import type { ListedCard } from './card-views.js';
import { maskEmail, maskName, maskPhone } from './mask.js';

/** A card's position in the list: when it was made, to the microsecond, and its number. */
export interface CardCursor {
  readonly createdAt: string;
  readonly number: string;
}

export interface CardQuery {
  readonly number: string | undefined;
  /** Both in normal form. */
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly limit: number;
  /** The last card of the page before. */
  readonly after: CardCursor | undefined;
}

interface ListRow extends Pick<CardRow, 'number' | 'state'> {
  readonly createdAt: Date;
  readonly cursorAt: string;
  readonly msisdn: string | null;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly surname: string | null;
}

const LIST = `
select c.number, c.state, c.created_at as "createdAt", m.msisdn, m.email, m.first_name as "firstName", m.surname,
       to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorAt"
  from cards c left join members m on m.id = c.member_id`;

/**
 * One page of cards, the newest first. Each combination of conditions has its own statement, so that PostgreSQL uses
 * its index.
 *
 * @returns the cards, and the cursor of the next page
 */
export async function findCards(
  pool: Pool,
  query: CardQuery,
): Promise<{ cards: ListedCard[]; next: CardCursor | undefined }> {
  const { text, values } = findStatement(query);
  const { rows } = await pool.query<ListRow>(text, values);
  const { page, last } = pageOf(rows, query.limit);
  return { cards: page.map(toListed), next: last && { createdAt: last.cursorAt, number: last.number } };
}

/** The statement of a page; one row more than the page size shows whether another page follows. */
export function findStatement({ number, phone, email, limit, after }: CardQuery): { text: string; values: unknown[] } {
  const values: unknown[] = [rowsFor(limit)];
  const conditions: string[] = [];
  if (number !== undefined) conditions.push(`c.number = $${values.push(number)}`);
  if (phone !== undefined) conditions.push(`m.msisdn = $${values.push(phone)}`);
  if (email !== undefined) conditions.push(`lower(m.email) = $${values.push(email)}`);
  if (after !== undefined) {
    values.push(after.createdAt, after.number);
    conditions.push(`(c.created_at, c.number) < ($${values.length - 1}::timestamptz, $${values.length})`);
  }
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  return { text: `${LIST}${where} order by c.created_at desc, c.number desc limit $1`, values };
}

function toListed({ number, state, createdAt, msisdn, email, firstName, surname }: ListRow): ListedCard {
  const holder = {
    name: maskName(firstName, surname),
    phone: msisdn === null ? null : maskPhone(msisdn),
    email: email === null ? null : maskEmail(email),
  };
  return { number, state, createdAt, holder };
}
