import type { MigrationStep } from './migration-step.js';
import { ledger } from './0001-ledger.js';
import { cardProgram } from './0002-card-program.js';
import { loyalty } from './0003-loyalty.js';
import { decisions } from './0004-decisions.js';
import { sending } from './0005-sending.js';
import { orderLife } from './0006-order-life.js';
import { catalog } from './0007-catalog.js';
import { tracking } from './0008-tracking.js';
import { callbacks } from './0009-callbacks.js';
import { cardAdministration } from './0010-card-administration.js';
import { goingLive } from './0011-going-live.js';
import { cancellations } from './0013-cancellations.js';
import { lateEvidence } from './0014-late-evidence.js';
import { phoneOnCard } from './0015-phone-on-card.js';
import { sendingGuard } from './0016-sending-guard.js';
import { sendJournal } from './0017-send-journal.js';
import { barcodesOnce } from './0018-barcodes-once.js';
import { cleanPeople } from './0019-clean-people.js';
import { forgettingMembers } from './0020-forgetting-members.js';
import { oddAnswers } from './0021-odd-answers.js';
import { idsAtThePartner } from './0022-ids-at-the-partner.js';
import { callbackHosts } from './0023-callback-hosts.js';
import { canonicalContacts } from './0024-canonical-contacts.js';
import { fairOrder } from './0025-fair-order.js';
import { brake } from './0026-brake.js';
import { orderPlans } from './0026-order-plans.js';
import { ordersOfAKey } from './0027-orders-of-a-key.js';
import { alerts } from './0028-alerts.js';
import { loyaltyCalls } from './0029-loyalty-calls.js';
import { traces } from './0030-traces.js';
import { apiKeys } from './0031-api-keys.js';
import { requestHashKey } from './0032-request-hash-key.js';
import { auditChain } from './0034-audit-chain.js';
import { orderSpending } from './0036-order-spending.js';
import { proposedDecisions } from './0037-proposed-decisions.js';
import { olderPrograms } from './0039-older-programs.js';
import { orderFiles } from './0040-order-files.js';
import { callbackSecrets } from './0042-callback-secrets.js';
import { waitingOrders } from './0044-waiting-orders.js';
import { minuteFigures } from './0046-minute-figures.js';
import { goLiveRuns } from './0047-go-live-runs.js';
import { loyaltySeen } from './0047-loyalty-seen.js';
import { refundsInTime } from './0048-refunds-in-time.js';

export interface Migration {
  readonly id: string;
  /** One transaction. */
  readonly sql: string;
  /**
   * What would hold a large table's lock for long, behind `sql` and outside of its transaction. If a process dies in between,
   * all of it runs again, so `sql` and each step must be repeatable.
   */
  readonly steps?: readonly MigrationStep[];
  /**
   * Whether programs that do not know this migration may start on the schema with it. Unless it says so, they refuse:
   * they would read or write what the newer release understands in another way. (From 0039 on.)
   */
  readonly olderMayRun?: true;
}

/**
 * In the order they run. A released migration is never changed; a later one corrects it. There is no 0012: the number was
 * reserved for a change that was not needed, and numbers are not given twice.
 */
export const MIGRATIONS: readonly Migration[] = [
  ledger,
  cardProgram,
  loyalty,
  decisions,
  sending,
  orderLife,
  catalog,
  tracking,
  callbacks,
  cardAdministration,
  goingLive,
  cancellations,
  lateEvidence,
  phoneOnCard,
  sendingGuard,
  sendJournal,
  barcodesOnce,
  cleanPeople,
  forgettingMembers,
  oddAnswers,
  idsAtThePartner,
  callbackHosts,
  canonicalContacts,
  fairOrder,
  brake,
  orderPlans,
  ordersOfAKey,
  alerts,
  loyaltyCalls,
  traces,
  apiKeys,
  requestHashKey,
  auditChain,
  orderSpending,
  proposedDecisions,
  olderPrograms,
  orderFiles,
  callbackSecrets,
  waitingOrders,
  minuteFigures,
  goLiveRuns,
  loyaltySeen,
  refundsInTime,
];
