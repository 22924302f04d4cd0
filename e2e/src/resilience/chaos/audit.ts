/** An order as the ledger has it in the end. */
export interface LedgerOrder {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly status: string;
  readonly cardNumber: string;
  readonly troikaOrderId: string | null;
  /** The last attempt, if any was made. */
  readonly reason: string | null;
  readonly startedAt: number | null;
  /** The cause of the last event of its history. */
  readonly cause: string | null;
}

/** An acknowledged order: it is on disk. */
export interface Acknowledged {
  readonly idempotencyKey: string;
  readonly orderId: string;
}

export interface Executed {
  readonly orderId: string;
  readonly cardNumber: string;
}

/** An order that was sent and is not in the ledger, as reported to the operators. */
export interface ReportedLoss {
  readonly cardNumber: string;
  readonly idempotencyKey: string;
  /** Null when no one knows whether it was executed. */
  readonly troikaOrderId: string | null;
}

export interface InjectedFault {
  readonly fault: string;
  readonly cardNumber: string;
}

/** A time in which the partner was not to be had, in milliseconds since 1970. */
export interface Outage {
  readonly kind: 'partner-away' | 'partner-silent' | 'partner-failing';
  readonly from: number;
  readonly to: number;
}

export interface Evidence {
  readonly ledger: readonly LedgerOrder[];
  readonly acknowledged: readonly Acknowledged[];
  readonly executed: readonly Executed[];
  readonly injected: readonly InjectedFault[];
  /** When worker processes were killed, in milliseconds since 1970. */
  readonly workerKills: readonly number[];
  readonly outages: readonly Outage[];
  /** Empty unless the ledger went back in time. */
  readonly reported: readonly ReportedLoss[];
  /** How many orders may be in progress, or be tried before sending pauses, when the partner begins to fail. */
  readonly mostOnTheWire: number;
  /** The shortest pause before a probe. */
  readonly probePauseMs: number;
  /** The longest time an attempt can have taken when its worker was killed. */
  readonly attemptMs: number;
}

/** Faults after which the caller still knows the outcome. */
const UNAMBIGUOUS: readonly string[] = ['none', 'refuse'];
/** How a call ends whose connection was cut by a partner outage. */
const CUT: readonly string[] = ['reset', 'cut-answer'];

/**
 * Compares the acknowledged orders, the ledger and the executions of the stand-in. Each order is identified by its card
 * number.
 *
 * @returns one sentence for each fault; none when nothing was lost, doubled or left unknown without a reason
 */
export function audit(evidence: Evidence): string[] {
  const { ledger, acknowledged, executed, reported, outages } = evidence;
  const reportedKeys = new Set(reported.map(({ idempotencyKey }) => idempotencyKey));
  const isReported = ({ cardNumber, orderId }: Executed): boolean =>
    reported.some((one) => one.cardNumber === cardNumber && (one.troikaOrderId ?? orderId) === orderId);
  const byId = new Map(ledger.map((order) => [order.id, order]));
  const executions = groupBy(executed, ({ cardNumber }) => cardNumber);
  const cards = new Set(ledger.map(({ cardNumber }) => cardNumber));
  return [
    ...acknowledged
      .filter(({ orderId, idempotencyKey }) => byId.get(orderId)?.idempotencyKey !== idempotencyKey)
      .filter(({ idempotencyKey }) => !reportedKeys.has(idempotencyKey))
      .map(({ orderId }) => `lost: order ${orderId} was acknowledged and is not in the ledger`),
    ...[...groupBy(ledger, ({ idempotencyKey }) => idempotencyKey)]
      .filter(([, orders]) => orders.length > 1)
      .map(([key, orders]) => `doubled: the key ${key} made ${orders.length} orders`),
    ...[...executions]
      .filter(([, times]) => times.length > 1)
      .map(([card, times]) => `doubled: the order of card ${card} was executed ${times.length} times`),
    ...[...executions]
      .filter(([card, times]) => !cards.has(card) && !times.every(isReported))
      .map(
        ([card]) => `invented: the order of card ${card} was executed, is not in the ledger, and it was not reported`,
      ),
    ...outages.flatMap((outage) => burntIn(outage, evidence)),
    ...ledger.flatMap((order) => {
      const fault = faultOf(order, executions.get(order.cardNumber) ?? [], evidence);
      return fault === undefined ? [] : [`order ${order.id} (card ${order.cardNumber}) is ${order.status}, ${fault}`];
    }),
  ];
}

/** A partner that answers 500 must leave the queue alone: few orders are unknown, however many wait. */
function burntIn({ kind, from, to }: Outage, { ledger, mostOnTheWire, probePauseMs }: Evidence): string[] {
  if (kind !== 'partner-failing') return [];
  const most = mostOnTheWire + Math.ceil((to - from) / probePauseMs) + 1;
  const burnt = ledger.filter(
    ({ status, reason, startedAt }) =>
      status === 'unknown' && reason === 'http-status' && startedAt !== null && from <= startedAt && startedAt <= to,
  );
  return burnt.length <= most ? [] : [`burnt: ${burnt.length} orders became unknown in one outage, more than ${most}`];
}

function faultOf(order: LedgerOrder, executions: readonly Executed[], evidence: Evidence): string | undefined {
  switch (order.status) {
    case 'confirmed':
      return executions.some(({ orderId }) => orderId === order.troikaOrderId)
        ? undefined
        : `but nothing was executed under its id ${order.troikaOrderId ?? '(none)'}`;
    case 'rejected':
    case 'failed':
    case 'cancelled':
      return executions.length === 0 ? undefined : 'but was executed';
    case 'unknown':
      return isAmbiguous(order, evidence) ? undefined : `for no reason that anybody knows (${order.reason ?? 'none'})`;
    default:
      return 'which is not an end';
  }
}

/**
 * Whether the outcome could be unknown: the stand-in simulated a fault or became unreachable during the call, or the
 * worker died while sending.
 */
function isAmbiguous(order: LedgerOrder, { injected, workerKills, outages, attemptMs }: Evidence): boolean {
  const { cardNumber, reason, startedAt, cause } = order;
  // The ledger went back in time, and the journal has an attempt without an outcome.
  if (cause === 'ledger-restored') return true;
  if (startedAt === null) return false;
  const isUnderWay = (at: number): boolean => startedAt <= at && at <= startedAt + attemptMs;
  if (reason === 'lease-expired') return workerKills.some(isUnderWay);
  if (injected.some((fault) => fault.cardNumber === cardNumber && !UNAMBIGUOUS.includes(fault.fault))) return true;
  return outages.some(({ kind, from, to }) => {
    // A call during the outage is refused, which is a certain outcome; only calls in progress are cut.
    if (kind === 'partner-away') return CUT.includes(reason ?? '') && isUnderWay(from);
    return reason === 'timeout' && startedAt <= to && from <= startedAt + attemptMs;
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
