import type { Pool } from 'pg';
import type { Logger } from '../../../core/logger.js';
import { settleAttempts, type AttemptSettlement } from '../../ledger/settle-attempts.js';
import { findKnownAttempts, type KnownAttempt } from './find-known-attempts.js';
import { findUndecided, noteFindings } from './findings.js';
import type { RememberedAttempt } from './remembered-attempt.js';
import { settlementOf } from './remembered-settlement.js';
import { rememberSentKeys } from './remember-sent-keys.js';
import { restoreAttempts } from './restore-attempts.js';
import { doubleOf, mayBePaid, strangerOf } from './report-findings.js';

/** The result of comparing some attempts. */
export interface Comparison {
  readonly missing: number;
  readonly settled: number;
  /** The orders that the ledger does not have and about which no person has decided. */
  readonly strangers: readonly string[];
}

type Verdict =
  /** The ledger has what the journal has, or its process settles it. */
  | 'same'
  /** The ledger has no such order. */
  | 'stranger'
  /** The ledger has the order and not the attempt. */
  | 'missing'
  /** The ledger has no answer and the journal does. */
  | 'unsettled'
  /** The ledger has another answer: the order was sent a second time under the same number. */
  | 'doubled';

/**
 * Compares attempts with the ledger and writes into it what it lacks. Every step is conditional and may be repeated, also
 * by several processes at once.
 *
 * @param attempts each at most once
 */
export async function compareAttempts(
  pool: Pool,
  attempts: readonly RememberedAttempt[],
  logger: Logger,
): Promise<Comparison> {
  const known = await findKnownAttempts(pool, attempts);
  const by = new Map<Verdict, RememberedAttempt[]>();
  attempts.forEach((attempt, index) => {
    const verdict = judge(attempt, known[index] as KnownAttempt);
    by.set(verdict, [...(by.get(verdict) ?? []), attempt]);
  });
  const found = (verdict: Verdict): readonly RememberedAttempt[] => by.get(verdict) ?? [];
  const strangers = found('stranger');
  await rememberSentKeys(pool, strangers.filter(mayBePaid));
  const strange = strangers.map(strangerOf);
  await noteFindings(pool, [...strange, ...found('doubled').map(doubleOf)]);
  const undecided = await findUndecided(
    pool,
    strange.map(({ key }) => key),
  );
  const missing = await restoreAll(pool, found('missing'), logger);
  const settled = await settleAll(pool, found('unsettled'), logger);
  return {
    missing,
    settled,
    strangers: strangers.filter((_, index) => undecided.has(strange[index]?.key ?? '')).map(({ orderId }) => orderId),
  };
}

function judge({ attempt, ended }: RememberedAttempt, known: KnownAttempt): Verdict {
  // Only orders that were never executed are purged.
  if (known.status === null) return known.isPurged && ended?.status !== 'confirmed' ? 'same' : 'stranger';
  if (!known.isKnown) return 'missing';
  if (ended === undefined) return 'same';
  const { troikaOrderId } = ended;
  if (known.outcome === 'answered') {
    const isAnother = troikaOrderId !== null && known.troikaOrderId !== troikaOrderId;
    return ended.status === 'confirmed' && isAnother ? 'doubled' : 'same';
  }
  const isHeld = known.status === 'sending' && known.attempts === attempt;
  // An end may be settled twice. Who holds the order may have settled it already, in a ledger that is lost since.
  // As for late answers: less than an answer decides nothing once the lease has run out.
  return ended.outcome === 'answered' || isHeld ? 'unsettled' : 'same';
}

/** Attempts of one order one after the other, the first first. */
async function restoreAll(pool: Pool, attempts: readonly RememberedAttempt[], logger: Logger): Promise<number> {
  let written = 0;
  for (const round of roundsOf(attempts)) {
    for (const { orderId, attempt } of await restoreAttempts(pool, round)) {
      written += 1;
      logger.warn({ orderId, attempt }, 'the ledger did not know an attempt that the send journal remembers');
    }
  }
  return written;
}

async function settleAll(pool: Pool, attempts: readonly RememberedAttempt[], logger: Logger): Promise<number> {
  let settled = 0;
  for (const round of roundsOf(attempts)) {
    const settlements = round.flatMap(({ ended }) => (ended === undefined ? [] : [settlementOf(ended)]));
    const turns = await settleAttempts(pool, settlements);
    turns.forEach((turn, index) => {
      if (turn === undefined) return;
      settled += 1;
      const { orderId, attempt, verdict } = settlements[index] as AttemptSettlement;
      logger.info({ orderId, attempt, status: verdict.status }, 'settled with what the send journal remembers');
    });
  }
  return settled;
}

/** Splits attempts so that no order comes twice in a round. */
function roundsOf(attempts: readonly RememberedAttempt[]): RememberedAttempt[][] {
  const rounds: RememberedAttempt[][] = [];
  const seen = new Map<string, number>();
  for (const attempt of attempts.toSorted((one, other) => one.attempt - other.attempt)) {
    const round = seen.get(attempt.orderId) ?? 0;
    seen.set(attempt.orderId, round + 1);
    (rounds[round] ??= []).push(attempt);
  }
  return rounds;
}
