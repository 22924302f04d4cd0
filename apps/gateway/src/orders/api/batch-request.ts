import type { CreateOrderBody } from '@vestibule/troika-contract';
import { IDEMPOTENCY_KEY, readIdempotencyKey } from '../../http/idempotency-key.js';
import type { FieldFault } from '../../http/problem.js';
import { bodyReader } from '../../http/schema/read-request.js';
import { listOf, named, request } from '../../http/schema/schema.js';
import type { NewOrder } from '../ledger/accept-orders.js';
import { NEW_ORDER_FIELDS } from './new-order-schema.js';
import { readOrderRequest, type JudgeCallbackUrl } from './order-request.js';

/** The most orders one call may bring. */
export const MAX_BATCH = 1_000;

/** Room for a thousand orders with their metadata at its largest, in bytes. */
export const BATCH_BODY_LIMIT = 32 * 1024 * 1024;

/** One entry of a batch, checked: an order, or its faults. */
export type BatchEntry =
  | {
      readonly ok: true;
      readonly fields: Omit<NewOrder, 'apiKeyName'>;
      readonly order: CreateOrderBody;
      /** The position of the entry in the body. */
      readonly pointer: string;
    }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

const LENGTH = { minItems: 1, maxItems: MAX_BATCH };
const BATCH_ENTRY = named('BatchEntry', request({ idempotencyKey: IDEMPOTENCY_KEY, ...NEW_ORDER_FIELDS }));
/** What `POST /orders/batch` takes. */
export const BATCH = named('Batch', request({ orders: listOf(BATCH_ENTRY, LENGTH) }));
/** Without what an entry is: each is read by the rules of a single order, and is at fault alone. */
const readFrame = bodyReader(request({ orders: listOf<unknown>({}, LENGTH) }), 'batch');

/**
 * Reads the body of `POST /orders/batch`. A faulty entry is one entry's fault; pointers start at the body's root.
 *
 * @param exact the body with every number as it was posted
 * @returns one entry per order
 * @throws ProblemError 422 with the faults of the body as a whole
 */
export function readBatchRequest(
  body: unknown,
  judgeCallbackUrl: JudgeCallbackUrl,
  exact: unknown = body,
): BatchEntry[] {
  return readFrame(body).orders.map((entry, index) =>
    readEntry(entry, `/orders/${index}`, judgeCallbackUrl, (exact as { orders: unknown[] }).orders[index]),
  );
}

function readEntry(entry: unknown, pointer: string, judgeCallbackUrl: JudgeCallbackUrl, exact: unknown): BatchEntry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { ok: false, faults: [{ pointer, detail: 'Must be an object with "idempotencyKey" and "order".' }] };
  }
  const { idempotencyKey: key, ...request } = entry as Record<string, unknown>;
  const faults: FieldFault[] = [];
  const idempotencyKey = readIdempotencyKey(typeof key === 'string' ? [key] : []);
  if (idempotencyKey === undefined) {
    const detail = 'Required: 1 to 255 printable ASCII characters, another for each order.';
    faults.push({ pointer: `${pointer}/idempotencyKey`, detail });
  }
  const read = readOrderRequest(request, judgeCallbackUrl, exact);
  if (!read.ok) faults.push(...read.faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })));
  if (!read.ok || idempotencyKey === undefined) return { ok: false, faults };
  return { ok: true, fields: { idempotencyKey, ...read.fields }, order: read.order, pointer };
}
