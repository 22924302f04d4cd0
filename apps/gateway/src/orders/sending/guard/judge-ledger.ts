import type { ReconcileReport } from '../journal/reconcile-report.js';
import { knowsMore } from './journal-report.js';
import { differingFacts, FACT_SENTENCES, unknownFacts, type FactName } from './ledger-facts.js';
import type { SendingState } from './sending-state.js';
import type { LedgerFinding } from './stop-sending.js';

/** What a worker knows beside the ledger itself. */
export interface Evidence {
  /** Undefined: it has no journal. */
  readonly journal: ReconcileReport | undefined;
  /** The worker remembers signs of life, its own or of its peers, that the ledger has lost. */
  readonly lostBeats: boolean;
}

export interface Judgement {
  readonly finding: LedgerFinding;
  /** The finding is that the facts differ, and nothing more. */
  readonly byIdentity: boolean;
}

/**
 * Decides whether a ledger may have gone back in time or be another one than it was.
 *
 * @returns undefined when it is the same and nothing is missing in it
 */
export function judgeLedger(
  state: Pick<SendingState, 'isSame' | 'recorded' | 'found' | 'ledgerId'>,
  { journal, lostBeats }: Evidence,
): Judgement | undefined {
  const differs = state.isSame ? [] : differingFacts(state.recorded, state.found);
  const isBehind = lostBeats || (journal !== undefined && knowsMore(journal));
  if (state.isSame && !isBehind) return undefined;
  // A restore or a copy may lack any time at all; only a promotion of a replica that had everything is no loss.
  const isPromotion = !isBehind && differs.length === 1 && differs[0] === 'timeline';
  const reason = isPromotion ? 'ledger-promoted' : differs.some(isRestore) ? 'ledger-restored' : 'ledger-behind';
  const details = {
    ledgerId: state.ledgerId,
    differs,
    notChecked: unknownFacts(state.found),
    recorded: state.recorded,
    found: state.found,
    lostBeats,
    journal: journal ?? null,
  };
  const event = {
    kind: isPromotion ? 'ledger.promoted' : isBehind ? 'ledger.behind' : 'ledger.restored',
    severity: 'critical',
    message: [whatDiffers(differs), whatIsMissing(journal, lostBeats), whatNow(isPromotion)].filter(Boolean).join(' '),
    details,
  } as const;
  return { finding: { reason, mayContinue: isPromotion, event }, byIdentity: !isBehind };
}

function isRestore(fact: FactName): boolean {
  return fact !== 'timeline';
}

function whatDiffers(differs: readonly FactName[]): string {
  if (differs.length === 0) return '';
  return `Sending is stopped: this ledger is not where it was: ${differs.map((name) => FACT_SENTENCES[name]).join('; ')}.`;
}

function whatIsMissing(journal: ReconcileReport | undefined, lostBeats: boolean): string {
  const parts: string[] = [];
  const { missing = 0, strangers = 0, ledgerIsBehind = false } = journal ?? {};
  if (missing > 0) parts.push(`${missing} attempts of the send journal were not in the ledger and are now`);
  if (strangers > 0) parts.push(`${strangers} attempts are of orders that the ledger does not know`);
  if (ledgerIsBehind || lostBeats) parts.push('it lacks what was committed before');
  if (parts.length === 0) return '';
  return `Sending is stopped: the ledger went back in time: ${parts.join('; ')}.`;
}

function whatNow(isPromotion: boolean): string {
  return isPromotion
    ? 'It continues by itself when every worker that was alive has compared its send journal and nothing is missing; if it does not within a minute, see GET /admin/sending.'
    : 'Orders are accepted and wait. Find out until when orders were sent (docs/operations/restore.md), see GET /admin/sending, then POST /admin/sending/resume.';
}
