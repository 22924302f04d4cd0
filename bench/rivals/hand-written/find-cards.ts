import type { BarcodeType, SearchQuery } from '@vestibule/koshelek-contract';
import type pg from 'pg';

export interface CardRow {
  readonly number: string;
  readonly state: 'active' | 'inactive' | 'blocked';
  readonly barcode: string;
  readonly barcode_type: BarcodeType;
  readonly named: boolean;
  readonly born: boolean;
}

const CONDITIONS: Readonly<Record<keyof SearchQuery, string>> = {
  msisdn: 'm.msisdn =',
  email: 'lower(m.email) =',
  birthDate: 'm.birth_date =',
};

/**
 * The cards that match any of the parameters: one prepared statement per combination of parameters, so that
 * PostgreSQL keeps a plan for each.
 */
export async function findCards(pool: pg.Pool, query: SearchQuery): Promise<CardRow[]> {
  const given = (Object.keys(CONDITIONS) as (keyof SearchQuery)[]).filter((name) => query[name] !== undefined);
  const conditions = given.map((name, index) => ({ name, sql: `${CONDITIONS[name]} $${index + 1}` }));
  const any = (list: typeof conditions): string => list.map(({ sql }) => sql).join(' or ') || 'false';
  const { rows } = await pool.query<CardRow>({
    name: `find-cards-${given.join('-')}`,
    text: `select c.number, c.state, c.barcode, c.barcode_type,
        (${any(conditions.filter(({ name }) => name !== 'birthDate'))}) as named,
        (${any(conditions.filter(({ name }) => name === 'birthDate'))}) as born
      from members m join cards c on c.member_id = m.id
      where ${any(conditions)} limit 100`,
    values: given.map((name) => query[name]),
  });
  return rows;
}

/** A phone or an e-mail names one person; a birth date decides only where nothing else does. */
export function chooseCards(rows: readonly CardRow[]): readonly CardRow[] {
  const named = rows.filter((row) => row.named);
  if (named.length === 0) return rows;
  const confirmed = named.filter((row) => row.born);
  return named.length > 1 && confirmed.length === 1 ? confirmed : named;
}
