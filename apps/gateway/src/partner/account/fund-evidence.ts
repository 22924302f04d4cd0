import type pg from 'pg';
import { amountOf } from './amount-of.js';
import { READING_COLUMNS, type AccountReading } from './account-reading.js';

/** An attempt that may have taken money from the fund. */
export interface FundedAttempt {
  readonly orderId: string;
  readonly startedAt: string | Date;
  /** Null while its end is unknown: then no reading is after it. */
  readonly endedAt: string | Date | null;
}

/** An order that was confirmed about the same time. */
interface Neighbour {
  readonly id: string;
  readonly totalAmount: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Part of its attempt is outside: both readings may include it, or neither. */
  readonly atEdge: boolean;
}

/** The guarantee fund about an attempt. Amounts in roubles, exact. */
export interface FundEvidence {
  readonly before: AccountReading | null;
  readonly after: AccountReading | null;
  /** Null without both readings. */
  readonly between: Between | null;
}

/** Of an order without an attempt. */
export const NO_FUND_EVIDENCE: FundEvidence = { before: null, after: null, between: null };

export interface Between {
  readonly confirmed: readonly Neighbour[];
  /** Other orders with an unknown outcome at about the same time. */
  readonly otherUnknown: readonly string[];
  /**
   * What left the fund and no confirmed order explains: before − after − confirmed. Least when those at an edge count as
   * between the readings, most when they do not; without any, both are one amount.
   */
  readonly unexplainedLeast: string;
  readonly unexplainedMost: string;
}

const BEFORE = `select ${READING_COLUMNS} from account_readings where read_at < $1 order by read_at desc limit 1`;
const AFTER = `
select ${READING_COLUMNS} from account_readings where asked_at > $1 and read_at > $1 order by read_at limit 1`;

/** No attempt takes longer than that: what began earlier had ended. The index is over the beginnings. */
export const LONGEST_ATTEMPT = `interval '30 minutes'`;

const BETWEEN = `
with near as (
  select o.id, o.status, o.total_amount, ${amountOf('o.total_amount')} as cost,
         a.started_at, a.ended_at, a.outcome, a.result_code
    from order_attempts a join orders o on o.id = a.order_id
   where a.started_at between $1::timestamptz - ${LONGEST_ATTEMPT} and $2::timestamptz
     and a.ended_at > $1::timestamptz and o.id <> $3
), confirmed as (
  select id, cost, total_amount as "totalAmount", started_at as "startedAt", ended_at as "endedAt",
         started_at < $4::timestamptz or ended_at > $5::timestamptz as "atEdge"
    from near where outcome = 'answered' and result_code = 0
)
select coalesce((select json_agg(c order by c."startedAt") from (select id, "totalAmount", "startedAt", "endedAt", "atEdge" from confirmed order by "startedAt" limit 200) c),
                '[]') as confirmed,
       array(select id::text from near where status = 'unknown' and outcome = 'unknown') as "otherUnknown",
       trim_scale($6::numeric - $7::numeric - coalesce((select sum(cost) from confirmed), 0))::text as "unexplainedLeast",
       trim_scale($6::numeric - $7::numeric - coalesce((select sum(cost) from confirmed where not "atEdge"), 0))::text
         as "unexplainedMost"`;

/**
 * The readings of the fund closest before an attempt began and after it ended, and other expenses between them.
 *
 * It proves little by itself, and is for a person to weigh: when nothing else is at an edge or unknown, nothing was
 * cancelled, and no one but this gateway draws on the fund, an unexplained amount of the order's price says that the
 * order was executed, and one of 0 that it was not.
 */
export async function findFundEvidence(
  pool: pg.Pool,
  { orderId, startedAt, endedAt }: FundedAttempt,
): Promise<FundEvidence> {
  const [before, after] = await Promise.all([
    findReading(pool, BEFORE, startedAt),
    endedAt === null ? null : findReading(pool, AFTER, endedAt),
  ]);
  if (before === null || after === null) return { before, after, between: null };
  const { rows } = await pool.query<Between>(BETWEEN, [
    before.askedAt,
    after.readAt,
    orderId,
    before.readAt,
    after.askedAt,
    before.amount,
    after.amount,
  ]);
  return { before, after, between: rows[0] ?? null };
}

async function findReading(pool: pg.Pool, text: string, at: string | Date): Promise<AccountReading | null> {
  const { rows } = await pool.query<AccountReading>(text, [at]);
  return rows[0] ?? null;
}
