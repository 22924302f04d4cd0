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

/** How the cards of one parameter are found; each has an index. */
interface Lookup {
  readonly type: string;
  readonly join: string;
}

/** Nearly all searches use the phone; it is stored with the card (migration 0015). */
const BY_PHONE = 'join cards c on c.holder_msisdn = w.value';
const BY_EMAIL = `cross join lateral (select m.id, m.birth_date from members m where lower(m.email) = w.value) as m
    join cards c on c.member_id = m.id`;
/** One card is an answer, and two are too many: a common birth date is not read to its end. */
const BY_BIRTH_DATE = `cross join lateral (
      select c.* from members m join cards c on c.member_id = m.id where m.birth_date = w.value limit 2
    ) as c`;

const LOOKUPS: Readonly<Record<keyof SearchQuery, Lookup>> = {
  msisdn: { type: 'text', join: BY_PHONE },
  email: { type: 'text', join: BY_EMAIL },
  birthDate: { type: 'date', join: BY_BIRTH_DATE },
};
const PARAMETERS = Object.keys(LOOKUPS) as (keyof SearchQuery)[];

/**
 * The birth dates of the persons found by phone and e-mail. They are read from each person, because thousands may share
 * a date, and the right person must be found.
 */
const CONFIRMATIONS: readonly { by: 'msisdn' | 'email'; join: string }[] = [
  { by: 'msisdn', join: `${BY_PHONE} join members m on m.id = c.member_id` },
  { by: 'email', join: BY_EMAIL },
];

/** A statement that grows part by part. */
class Parts {
  readonly texts: string[] = [];
  readonly values: (string | undefined)[][] = [];

  /** @returns the placeholder of a list of values */
  add(values: (string | undefined)[], type: string): string {
    return `$${this.values.push(values)}::${type}[]`;
  }
}

/**
 * Many searches as one statement. Each combination of parameters is a statement of its own, prepared once: with NULLs
 * for what is absent PostgreSQL would plan again at every call.
 *
 * @param queries at least one parameter each, in normal form
 */
export function searchStatement(queries: readonly SearchQuery[]): {
  name: string;
  text: string;
  values: (string | undefined)[][];
} {
  const numbered = queries.map((query, index) => ({ ...query, search: String(index) }));
  const searchesOf = (asked: typeof numbered): string[] => asked.map(({ search }) => search);
  const parts = new Parts();
  const used: string[] = [];
  for (const parameter of PARAMETERS) {
    const asked = numbered.filter((query) => query[parameter] !== undefined);
    if (asked.length === 0) continue;
    used.push(parameter);
    const { type, join } = LOOKUPS[parameter];
    const values = asked.map((query) => query[parameter]);
    parts.texts.push(`select w.search, '${parameter}' as by, ${CARD_COLUMNS}
    from unnest(${parts.add(values, type)}, ${parts.add(searchesOf(asked), 'text')}) as w (value, search)
    ${join}`);
  }
  const doubtful = numbered.filter(({ msisdn, email, birthDate }) => msisdn && email && birthDate);
  if (doubtful.length > 0) {
    used.push('confirmed');
    const dates = parts.add(
      doubtful.map(({ birthDate }) => birthDate),
      'date',
    );
    const searches = parts.add(searchesOf(doubtful), 'text');
    for (const { by, join } of CONFIRMATIONS) {
      const values = parts.add(
        doubtful.map((query) => query[by]),
        'text',
      );
      parts.texts
        .push(`select w.search, case when m.birth_date = w.born then 'birthDate' else '${by}' end as by, ${CARD_COLUMNS}
    from unnest(${values}, ${dates}, ${searches}) as w (value, born, search)
    ${join}`);
    }
  }
  return { name: `search-cards-${used.join('-')}`, text: parts.texts.join('\nunion all\n'), values: parts.values };
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
