import type { SearchQuery } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { FindCardOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { ColumnArrays, type Column } from '../../../storage/column-arrays.js';
import { statement, type Statement } from '../../../storage/statement.js';
import { CARD_COLUMNS, isShown, toCard, type CardRow } from './card-row.js';

/** What the programme's owner has decided about searches. */
type SearchPolicy = Pick<CardProgramConfig, 'blockedCards' | 'ambiguousSearch'>;

interface Match extends CardRow {
  /** Which search of the batch, from 1. */
  readonly search: string;
  readonly by: keyof SearchQuery;
}

/** A search with its place in the batch, from 0. */
interface Placed {
  readonly query: SearchQuery;
  readonly search: string;
}

/** How the cards of one parameter are found; each has an index. */
interface Lookup {
  readonly type: string;
  /** @param value the column with what is searched for */
  readonly join: (value: string) => string;
}

/** Nearly all searches use the phone; it is stored with the card (migration 0015). */
const byPhone: Lookup['join'] = (value) => `join cards c on c.holder_msisdn = ${value}`;
const byEmail: Lookup['join'] = (value) =>
  `cross join lateral (select m.id, m.birth_date from members m where lower(m.email) = ${value}) as m
    join cards c on c.member_id = m.id`;
/** One card is an answer, and two are too many: a common birth date is not read to its end. */
const byBirthDate: Lookup['join'] = (value) => `cross join lateral (
      select c.* from members m join cards c on c.member_id = m.id where m.birth_date = ${value} limit 2
    ) as c`;

const LOOKUPS: Readonly<Record<keyof SearchQuery, Lookup>> = {
  msisdn: { type: 'text', join: byPhone },
  email: { type: 'text', join: byEmail },
  birthDate: { type: 'date', join: byBirthDate },
};

/**
 * The birth dates of the persons found by phone and e-mail. They are read from each person, because thousands may share
 * a date, and the right person must be found.
 */
const CONFIRMATIONS: readonly { by: 'msisdn' | 'email'; join: Lookup['join'] }[] = [
  { by: 'msisdn', join: (value) => `${byPhone(value)} join members m on m.id = c.member_id` },
  { by: 'email', join: byEmail },
];

/** What a statement looks for: the cards of a parameter, or whose birth date confirms phone or e-mail. */
type Part = keyof SearchQuery | 'confirmed';

const COMBINATIONS: readonly (readonly Part[])[] = [
  ['msisdn'],
  ['email'],
  ['birthDate'],
  ['msisdn', 'email'],
  ['msisdn', 'birthDate'],
  ['email', 'birthDate'],
  ['msisdn', 'email', 'birthDate'],
  ['msisdn', 'email', 'birthDate', 'confirmed'],
];

/** The searches that have a part, and its columns. */
function columnsOf(part: Part, first: number): ColumnArrays<Placed> {
  const search: Column<Placed> = ['text', (placed) => placed.search];
  if (part !== 'confirmed') {
    return new ColumnArrays({ value: [LOOKUPS[part].type, ({ query }) => query[part]], search }, first);
  }
  const { msisdn, email, birthDate } = LOOKUPS;
  return new ColumnArrays(
    {
      msisdn: [msisdn.type, ({ query }) => query.msisdn],
      email: [email.type, ({ query }) => query.email],
      born: [birthDate.type, ({ query }) => query.birthDate],
      search,
    },
    first,
  );
}

function has(query: SearchQuery, part: Part): boolean {
  return part === 'confirmed' ? Boolean(query.msisdn && query.email && query.birthDate) : query[part] !== undefined;
}

function textOf(part: Part, columns: ColumnArrays<Placed>): string {
  if (part !== 'confirmed') {
    return `select w.search, '${part}' as by, ${CARD_COLUMNS}
    from ${columns.rowsAs('w')}
    ${LOOKUPS[part].join('w.value')}`;
  }
  return CONFIRMATIONS.map(
    ({
      by,
      join,
    }) => `select w.search, case when m.birth_date = w.born then 'birthDate' else '${by}' end as by, ${CARD_COLUMNS}
    from ${columns.rowsAs('w')}
    ${join(`w.${by}`)}`,
  ).join('\nunion all\n');
}

/** Each combination is a statement of its own: with NULLs for what is absent PostgreSQL would plan again at every call. */
const SEARCHES = new Map(
  COMBINATIONS.map((parts) => {
    const columns: { readonly part: Part; readonly arrays: ColumnArrays<Placed> }[] = [];
    for (const part of parts) columns.push({ part, arrays: columnsOf(part, columns.at(-1)?.arrays.next ?? 1) });
    const name = `search-cards-${parts.join('-')}`;
    const named = statement(name)`${columns.map(({ part, arrays }) => textOf(part, arrays)).join('\nunion all\n')}`;
    return [name, { named, columns }] as const;
  }),
);
const PARTS = COMBINATIONS.at(-1) as readonly Part[];

/**
 * Many searches as one statement.
 *
 * @param queries at least one parameter each, in normal form
 */
export function searchStatement(queries: readonly SearchQuery[]): Statement & { values: unknown[][] } {
  const placed = queries.map((query, index): Placed => ({ query, search: String(index) }));
  const parts = PARTS.filter((part) => queries.some((query) => has(query, part)));
  const search = SEARCHES.get(`search-cards-${parts.join('-')}`);
  if (search === undefined) throw new Error('A search has at least one parameter.');
  const { columns, named } = search;
  const values = columns.flatMap(({ part, arrays }) => arrays.of(placed.filter(({ query }) => has(query, part))));
  return { name: named.name, values, text: named.text };
}

/**
 * Runs many searches at once.
 *
 * @param queries at least one parameter each, in normal form
 * @returns one outcome per query, in order
 */
export async function searchCards(
  pool: Pool,
  queries: readonly SearchQuery[],
  policy: SearchPolicy,
): Promise<FindCardOutcome[]> {
  const { rows } = await pool.query<Match>(searchStatement(queries));
  const matches = new Map<string, Match[]>();
  for (const row of rows) {
    const found = matches.get(row.search);
    if (found === undefined) matches.set(row.search, [row]);
    else found.push(row);
  }
  return queries.map((_, index) => chooseCard(matches.get(String(index)) ?? [], policy));
}

/**
 * Chooses among the matches of one search, which combine with OR (koshelek-loyalty.md, "Search"). A phone or an e-mail
 * names one person, a birth date does not: it decides only when nothing else matches, or between a phone's card and an
 * e-mail's card.
 */
export function chooseCard(matches: readonly Match[], policy: SearchPolicy): FindCardOutcome {
  const named = matches.filter(({ by }) => by !== 'birthDate');
  let candidates = distinct(named.length > 0 ? named : matches);
  if (named.length > 0 && candidates.length > 1) {
    const born = new Set(matches.filter(({ by }) => by === 'birthDate').map(({ number }) => number));
    const confirmed = candidates.filter(({ number }) => born.has(number));
    if (confirmed.length === 1) candidates = confirmed;
  }
  if (candidates.length > 1 && policy.ambiguousSearch === 'prefer-phone') {
    const byPhone = candidates.filter(({ number }) => named.some((m) => m.by === 'msisdn' && m.number === number));
    if (byPhone.length === 1) candidates = byPhone;
  }
  const [card, other] = candidates;
  if (card === undefined) return done(undefined);
  if (other !== undefined) return refused('severalCardsMatch');
  return isShown(card.state, policy) ? done(toCard(card)) : refused('cardBlocked');
}

function distinct(matches: readonly Match[]): Match[] {
  return [...new Map(matches.map((match) => [match.number, match])).values()];
}
