import type { SearchQuery } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { FindCardOutcome } from '../card-program.js';
import { done, refused } from '../outcome.js';
import { CARD_COLUMNS, isShown, toCard, type CardRow } from './card-row.js';

/** What the programme's owner has decided about searches. */
type SearchPolicy = Pick<CardProgramConfig, 'blockedCards' | 'ambiguousSearch'>;

interface Match extends CardRow {
  /** Which search of the batch, from 1. */
  readonly search: string;
  readonly by: keyof SearchQuery;
}

const throughMember = (condition: string): string =>
  `cross join lateral (select m.id from members m where ${condition}) as m join cards c on c.member_id = m.id`;

/**
 * How the cards of one parameter are found; each has an index. The phone, by which nearly all searches come, stands
 * beside the card (migration 0015). A common birth date need not be read to its end.
 */
const LOOKUPS: Readonly<Record<keyof SearchQuery, { type: string; join: string }>> = {
  msisdn: { type: 'text', join: 'join cards c on c.holder_msisdn = w.value' },
  email: { type: 'text', join: throughMember('lower(m.email) = w.value') },
  birthDate: { type: 'date', join: throughMember('m.birth_date = w.value limit 100') },
};
const PARAMETERS = Object.keys(LOOKUPS) as (keyof SearchQuery)[];

/** One part of the statement: all searches of a batch by one parameter. `$n` are their values, `$n+1` their places. */
function lookup(parameter: keyof SearchQuery, n: number): string {
  const { type, join } = LOOKUPS[parameter];
  return `select w.search, '${parameter}' as by, ${CARD_COLUMNS}
    from unnest($${n}::${type}[], $${n + 1}::text[]) as w (value, search)
    ${join}`;
}

/**
 * Many searches as one statement. Each combination of parameters is a statement of its own, prepared once: with NULLs
 * for what is absent PostgreSQL would plan anew at every call.
 *
 * @param queries at least one parameter each, in normal form
 */
export function searchStatement(queries: readonly SearchQuery[]): { name: string; text: string; values: string[][] } {
  const used = PARAMETERS.filter((parameter) => queries.some((query) => query[parameter] !== undefined));
  const values: string[][] = [];
  const parts = used.map((parameter) => {
    const asked = queries.flatMap((query, index) => {
      const value = query[parameter];
      return value === undefined ? [] : [{ value, search: String(index) }];
    });
    values.push(
      asked.map(({ value }) => value),
      asked.map(({ search }) => search),
    );
    return lookup(parameter, values.length - 1);
  });
  return { name: `search-cards-${used.join('-')}`, text: parts.join('\nunion all\n'), values };
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
