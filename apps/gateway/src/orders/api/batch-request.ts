import type { CreateOrderBody } from '@vestibule/troika-contract';
import { readIdempotencyKey } from '../../http/idempotency-key.js';
import type { FieldFault } from '../../http/problem.js';
import type { NewOrder } from '../ledger/accept-orders.js';
import { escapePointer, readOrderRequest, type JudgeCallbackUrl } from './order-request.js';

/** The most orders one call may bring. */
export const MAX_BATCH = 1_000;

/** Room for a thousand orders with their metadata at its largest, in bytes. */
export const BATCH_BODY_LIMIT = 32 * 1024 * 1024;

/** One entry of a batch, checked: an order, or what is wrong with it. */
export type BatchEntry =
  | {
      readonly ok: true;
      readonly fields: Omit<NewOrder, 'apiKeyName'>;
      readonly order: CreateOrderBody;
      /** Where the entry stands in the body. */
      readonly pointer: string;
    }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/**
 * Reads the body of `POST /orders/batch`: `{"orders": [{"idempotencyKey", "order", "reference"?, …}]}`. A faulty entry
 * is one entry's fault; pointers start at the body's root.
 *
 * @param exact the body with every number as it was posted
 * @returns one entry per order, or the faults of the body as a whole
 */
export function readBatchRequest(
  body: unknown,
  judgeCallbackUrl: JudgeCallbackUrl,
  exact: unknown = body,
): { ok: true; entries: BatchEntry[] } | { ok: false; faults: readonly FieldFault[] } {
  const refuse = (pointer: string, detail: string) => ({ ok: false as const, faults: [{ pointer, detail }] });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse('', 'The body must be a JSON object with a field "orders".');
  }
  const unknown = Object.keys(body).filter((name) => name !== 'orders');
  if (unknown.length > 0) return refuse(`/${escapePointer(unknown[0] ?? '')}`, 'Unknown field.');
  const { orders } = body as { orders?: unknown };
  if (!Array.isArray(orders) || orders.length === 0 || orders.length > MAX_BATCH) {
    return refuse('/orders', `Must be a list of 1 to ${MAX_BATCH} orders.`);
  }
  return {
    ok: true,
    entries: orders.map((entry: unknown, index) =>
      readEntry(entry, `/orders/${index}`, judgeCallbackUrl, (exact as { orders: unknown[] }).orders[index]),
    ),
  };
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
