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
}

/** What a producer was told: an order is on disk. */
export interface Acknowledged {
  readonly idempotencyKey: string;
  readonly orderId: string;
}

export interface Executed {
  readonly orderId: string;
  readonly cardNumber: string;
}

export interface Played {
  readonly fault: string;
  readonly cardNumber: string;
}

export interface Evidence {
  readonly ledger: readonly LedgerOrder[];
  readonly acknowledged: readonly Acknowledged[];
  readonly executed: readonly Executed[];
  readonly played: readonly Played[];
  /** When worker processes were killed, in milliseconds since 1970. */
  readonly workerKills: readonly number[];
  /** The longest an attempt can have been under way when its worker was killed. */
  readonly attemptMs: number;
}

/** Faults after which the caller knows all the same. */
const UNAMBIGUOUS: readonly string[] = ['none', 'refuse'];

/**
 * Compares what producers were told, what the ledger says and what the stand-in did. Each order is told apart by its
 * card number.
 *
 * @returns one sentence for everything that is wrong; none when nothing was lost, doubled or left without a reason
 */
export function audit(evidence: Evidence): string[] {
  const { ledger, acknowledged, executed } = evidence;
  const byId = new Map(ledger.map((order) => [order.id, order]));
  const executions = groupBy(executed, ({ cardNumber }) => cardNumber);
  const cards = new Set(ledger.map(({ cardNumber }) => cardNumber));
  return [
    ...acknowledged
      .filter(({ orderId, idempotencyKey }) => byId.get(orderId)?.idempotencyKey !== idempotencyKey)
      .map(({ orderId }) => `lost: order ${orderId} was acknowledged and is not in the ledger`),
    ...[...groupBy(ledger, ({ idempotencyKey }) => idempotencyKey)]
      .filter(([, orders]) => orders.length > 1)
      .map(([key, orders]) => `doubled: the key ${key} made ${orders.length} orders`),
    ...[...executions]
      .filter(([, times]) => times.length > 1)
      .map(([card, times]) => `doubled: the order of card ${card} was executed ${times.length} times`),
    ...[...executions.keys()]
      .filter((card) => !cards.has(card))
      .map((card) => `invented: the order of card ${card} was executed and is not in the ledger`),
    ...ledger.flatMap((order) => {
      const fault = faultOf(order, executions.get(order.cardNumber) ?? [], evidence);
      return fault === undefined ? [] : [`order ${order.id} (card ${order.cardNumber}) is ${order.status}, ${fault}`];
    }),
  ];
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

/** Whether the outcome could not be known: the stand-in spoilt the call, or the worker died while sending. */
function isAmbiguous({ cardNumber, reason, startedAt }: LedgerOrder, evidence: Evidence): boolean {
  const { played, workerKills, attemptMs } = evidence;
  if (reason !== 'lease-expired') {
    return played.some((fault) => fault.cardNumber === cardNumber && !UNAMBIGUOUS.includes(fault.fault));
  }
  return startedAt !== null && workerKills.some((kill) => startedAt <= kill && kill <= startedAt + attemptMs);
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
