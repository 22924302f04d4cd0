import type { Finding } from './findings.js';
import type { JournalFault } from './reconcile-report.js';
import type { RememberedAttempt } from './remembered-attempt.js';

/** Whether an attempt was executed, or no one knows that it was not. */
export function mayBePaid({ ended }: Pick<RememberedAttempt, 'ended'>): boolean {
  return ended === undefined || ended.status === 'confirmed' || ended.status === 'unknown';
}

/** An order that was sent and that the ledger does not have: with everything that is known. */
export function strangerOf(stranger: RememberedAttempt): Finding {
  const { orderId, attempt, begun, ended } = stranger;
  const who = begun === undefined ? '' : ` of the producer ${begun.producer} (idempotency key ${begun.idempotencyKey})`;
  return {
    key: `stranger ${orderId} ${attempt}`,
    kind: 'order.not-in-ledger',
    severity: mayBePaid(stranger) ? 'critical' : 'warning',
    message:
      `The ledger does not have order ${orderId}${who}, and a send journal remembers attempt ${attempt} of it: ` +
      `${outcomeText({ ended })} ${whatNow(stranger)}`,
    details: {
      orderId,
      attempt,
      producer: begun?.producer ?? null,
      idempotencyKey: begun?.idempotencyKey ?? null,
      requestHash: begun?.requestHash ?? null,
      begunAt: begun?.at ?? null,
      endedAt: ended?.at ?? null,
      outcome: ended?.outcome ?? null,
      status: ended?.status ?? 'unknown',
      resultCode: ended?.resultCode ?? null,
      troikaOrderId: ended?.troikaOrderId ?? null,
      troikaUuid: ended?.troikaUuid ?? null,
      totalAmount: ended?.totalAmount ?? null,
    },
  };
}

/** One attempt that the ledger and a journal have with two orders of the partner. */
export function doubleOf({ orderId, attempt, ended }: RememberedAttempt): Finding {
  const troikaOrderId = ended?.troikaOrderId ?? null;
  return {
    key: `doubled ${orderId} ${attempt} ${troikaOrderId}`,
    kind: 'order.executed-twice-possibly',
    severity: 'critical',
    message:
      `A send journal remembers that attempt ${attempt} of order ${orderId} was executed as order ${troikaOrderId} of ` +
      `Тройка Бизнес, and the ledger has another answer for it. Compare both there, and cancel what is too many.`,
    details: { orderId, attempt, troikaOrderId, totalAmount: ended?.totalAmount ?? null },
  };
}

/** What is wrong with a file. */
export function faultOf({ file, sentence }: JournalFault, kind: 'fault' | 'notice'): Finding {
  return {
    key: `${kind} ${sentence}`,
    kind: `send-journal.${kind}`,
    severity: kind === 'fault' ? 'warning' : 'info',
    message: sentence,
    details: { file },
  };
}

function whatNow(stranger: RememberedAttempt): string {
  return mayBePaid(stranger)
    ? 'Inform the producer of what became of it. If it is posted again under its idempotency key, it is unknown here and not sent.'
    : 'If it is posted again, it is a new order here.';
}

function outcomeText({ ended }: Pick<RememberedAttempt, 'ended'>): string {
  if (ended === undefined) return 'it began, and no one knows whether it was executed.';
  const { outcome, status, resultCode, troikaOrderId, totalAmount } = ended;
  if (status === 'confirmed') {
    return `Тройка Бизнес executed it as its order ${troikaOrderId ?? '(no id)'} for ${totalAmount ?? '(no amount)'}.`;
  }
  if (outcome === 'answered') return `Тройка Бизнес answered ${resultCode ?? '(no code)'}.`;
  if (outcome === 'not-sent') return 'it did not reach Тройка Бизнес.';
  if (outcome === 'not-executed') return 'Тройка Бизнес did not take it.';
  return 'it was sent without a valid answer, and no one knows whether it was executed.';
}
