import type pg from 'pg';
import type { BreakerReason } from '../../../partner/circuit-breaker.js';
import { date } from '../../../http/schema/formats.js';
import { flag, named, object, orNull, text, type Schema, type TypeOf } from '../../../http/schema/schema.js';
import { statement } from '../../../storage/statement.js';
import { IS_OUTSIDE_WINDOW } from '../../ledger/claim-orders.js';
import { differingFacts, FACT_SENTENCES, type FactName } from './ledger-facts.js';
import { findSendingState, type SendingState, type StopReason } from './sending-state.js';

/** Why orders wait: a person, the ledger, the partner, the fund, or the hour. */
export type SendingStopReason = StopReason | BreakerReason | 'fund-floor' | 'outside-window';

/** One reason for waiting orders. */
export const SENDING_STOP = named(
  'SendingStop',
  object({
    reason: text('Such as `by-hand` or `partner-unreachable`.') as Schema<SendingStopReason>,
    message: text('For a person.'),
    since: date('Since when.'),
    continuesByItself: flag('Sending resumes without a person.'),
    nextAt: orNull(date('When it continues, or finds out whether it can.')),
  }),
);
export type SendingStop = TypeOf<typeof SENDING_STOP>;

interface Waits {
  readonly openUntil: Date | null;
  readonly reason: BreakerReason | null;
  readonly message: string | null;
  readonly openedAt: Date | null;
  readonly unknowns: number;
  readonly held: boolean;
  readonly heldSince: Date | null;
  readonly amountLeft: string | null;
  readonly floor: string | null;
  readonly outsideSince: Date | null;
  readonly window: string | null;
  readonly opensAt: Date | null;
}

const FIND = statement('find-sending-stops')`
select b.open_until as "openUntil", b.reason, b.message, b.opened_at as "openedAt", b.unknowns,
       h.held, h.held_since as "heldSince", h.amount_left::text as "amountLeft", h.floor::text as floor,
       case when ${IS_OUTSIDE_WINDOW}
         then outside_window_since(h.window_opens, h.window_closes, h.window_zone, clock_timestamp()) end as "outsideSince",
       to_char(h.window_opens, 'HH24:MI') || '-' || to_char(h.window_closes, 'HH24:MI') || ' ' || h.window_zone as "window",
       ((l.here::date + h.window_opens) + case when l.here::time < h.window_opens then interval '0' else interval '1 day' end)
         at time zone h.window_zone as "opensAt"
  from partner_breaker b cross join sending_hold h cross join lateral (select now() at time zone h.window_zone as here) l`;

/** All reasons for waiting orders at this moment, in all processes; those that need a person come first. */
export async function findSendingStops(
  pool: pg.Pool,
): Promise<{ state: SendingState; stops: readonly SendingStop[]; unknowns: number }> {
  const state = await findSendingState(pool);
  const { rows } = await pool.query<Waits>(FIND);
  const [waits] = rows;
  if (waits === undefined) throw new Error('the row of the breaker or of sending_hold is missing');
  const stops = [stopOfLedger(state), stopOfBreaker(waits), stopOfFund(waits), stopOfWindow(waits)];
  return { state, stops: stops.filter((stop) => stop !== undefined), unknowns: waits.unknowns };
}

/** A person, or what PostgreSQL is: before any worker has looked, the facts alone say why nothing can be claimed. */
function stopOfLedger(state: SendingState): SendingStop | undefined {
  if (state.state === 'open' && state.isSame) return undefined;
  const differs = state.isSame ? [] : differingFacts(state.recorded, state.found);
  return {
    reason: state.reason ?? reasonOf(differs),
    message: state.message ?? differs.map((name) => FACT_SENTENCES[name]).join('; '),
    since: state.since,
    continuesByItself: state.mayContinue,
    nextAt: null,
  };
}

function reasonOf(differs: readonly FactName[]): StopReason {
  return differs.length === 1 && differs[0] === 'timeline' ? 'ledger-promoted' : 'ledger-restored';
}

function stopOfBreaker({ openUntil, reason, message, openedAt }: Waits): SendingStop | undefined {
  if (openUntil === null) return undefined;
  return {
    reason: reason ?? 'partner-unreachable',
    message: message ?? 'Calls in a row did not reach Тройка Бизнес',
    since: openedAt ?? openUntil,
    continuesByItself: true,
    nextAt: openUntil,
  };
}

function stopOfFund({ held, heldSince, amountLeft, floor }: Waits): SendingStop | undefined {
  if (!held) return undefined;
  return {
    reason: 'fund-floor',
    message: `${amountLeft ?? 'Too few'} roubles are left of the guarantee fund, under the floor of ${floor ?? '?'} (TROIKA_FUND_FLOOR)`,
    since: heldSince ?? new Date(),
    continuesByItself: true,
    nextAt: null,
  };
}

function stopOfWindow({ outsideSince, window, opensAt }: Waits): SendingStop | undefined {
  if (outsideSince === null) return undefined;
  return {
    reason: 'outside-window',
    message: `Orders are sent ${window ?? ''} only (TROIKA_SEND_WINDOW)`,
    since: outsideSince,
    continuesByItself: true,
    nextAt: opensAt,
  };
}
