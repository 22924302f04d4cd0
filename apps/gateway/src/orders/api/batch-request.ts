import { setImmediate } from 'node:timers/promises';
import type { CreateOrderBody } from '@vestibule/troika-contract';
import { elementTexts } from '../../http/element-texts.js';
import { exactJson } from '../../http/exact-json.js';
import { IDEMPOTENCY_KEY, readIdempotencyKey } from '../../http/idempotency-key.js';
import type { FieldFault } from '../../http/problem.js';
import { bodyReader } from '../../http/schema/read-request.js';
import { listOf, named, request } from '../../http/schema/schema.js';
import type { NewOrder } from '../ledger/accept-orders.js';
import { NEW_ORDER_FIELDS } from './new-order-schema.js';
import { readOrderRequest, type JudgeCallbackUrl } from './order-request.js';
import type { RequestHashes } from './request-hash.js';

/** The most orders one call may bring. */
export const MAX_BATCH = 1_000;

/** The largest body of a call that brings one order, in bytes; of a batch each entry may be as long, in characters. */
export const ORDER_BODY_LIMIT = 1024 * 1024;
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

/** Other work gets its turn after so long. */
const TURN_MS = 10;

/**
 * Reads the body of `POST /orders/batch`, in turns with other work: checking and hashing megabytes takes a while. A faulty
 * entry is one entry's fault; pointers start at the body's root.
 *
 * @param text the body as it was posted, for the exact numbers
 * @param hashes make the hashes of what was posted
 * @returns one entry per order
 * @throws ProblemError 422 with the faults of the body as a whole
 */
export async function readBatchRequest(
  body: unknown,
  text: string,
  judgeCallbackUrl: JudgeCallbackUrl,
  hashes: RequestHashes,
): Promise<BatchEntry[]> {
  const { orders } = readFrame(body);
  const texts = elementTexts(text);
  const entries: BatchEntry[] = [];
  let turn = performance.now();
  for (const [index, entry] of orders.entries()) {
    const entryText = texts.next().value ?? '';
    const read = (request: object) => readOrderRequest(request, judgeCallbackUrl, hashes, exactJson(entryText, entry));
    entries.push(readEntry(entry, entryText, `/orders/${index}`, read));
    if (performance.now() - turn < TURN_MS) continue;
    await setImmediate();
    turn = performance.now();
  }
  return entries;
}

function readEntry(
  entry: unknown,
  text: string,
  pointer: string,
  readRequest: (request: object) => ReturnType<typeof readOrderRequest>,
): BatchEntry {
  if (text.length > ORDER_BODY_LIMIT) {
    return {
      ok: false,
      faults: [{ pointer, detail: `Longer than an order may be (${ORDER_BODY_LIMIT} characters).` }],
    };
  }
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
  const read = readRequest(request);
  if (!read.ok) faults.push(...read.faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })));
  if (!read.ok || idempotencyKey === undefined) return { ok: false, faults };
  return { ok: true, fields: { idempotencyKey, ...read.fields }, order: read.order, pointer };
}
