import { createHash } from 'node:crypto';
import { validateCreateOrder, type CreateOrderBody } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { isCleanText } from '../../storage/clean-text.js';
import type { NewOrder } from '../ledger/accept-orders.js';
import { MAX_REFERENCE } from './order-query.js';

export const MAX_METADATA = 16 * 1024;
const KNOWN = new Set(['order', 'reference', 'callbackUrl', 'metadata']);

type OrderFields = Omit<NewOrder, 'apiKeyName' | 'idempotencyKey'>;

/** Says why an address cannot be called, as a sentence; undefined when it can. */
export type JudgeCallbackUrl = (url: unknown) => string | undefined;
/** A request that keeps the contract's rules: what the ledger keeps of it, and the order itself. */
export interface GoodRequest {
  readonly fields: OrderFields;
  readonly order: CreateOrderBody;
}

/**
 * Reads the body of `POST /orders`: an order by the contract's table, and what the producer wants kept beside it.
 *
 * @returns the order's fields for the ledger, or every fault with its JSON pointer
 */
export function readOrderRequest(
  body: unknown,
  judgeCallbackUrl: JudgeCallbackUrl,
): ({ ok: true } & GoodRequest) | { ok: false; faults: FieldFault[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, faults: [{ pointer: '', detail: 'The body must be a JSON object with a field "order".' }] };
  }
  const { order, reference, callbackUrl, metadata } = body as Record<string, unknown>;
  const faults: FieldFault[] = [];
  const fault = (pointer: string, detail: string): void => void faults.push({ pointer, detail });

  for (const name of Object.keys(body)) if (!KNOWN.has(name)) fault(`/${escapePointer(name)}`, 'Unknown field.');
  if (order === undefined) fault('/order', 'Required: the body of app_create_order.');
  else for (const { pointer, detail } of validateCreateOrder(order)) fault(`/order${pointer}`, detail);
  if (reference != null && !isText(reference, MAX_REFERENCE)) {
    fault('/reference', `Must be a string of 1 to ${MAX_REFERENCE} characters.`);
  }
  const callbackFault = callbackUrl == null ? undefined : judgeCallbackUrl(callbackUrl);
  if (callbackFault !== undefined) fault('/callbackUrl', callbackFault);
  // Any text may stand in it: as `json` it is kept in its escaped form, and no statement looks inside.
  const metadataText = metadata == null ? null : JSON.stringify(metadata);
  if (metadataText !== null && (!metadataText.startsWith('{') || metadataText.length > MAX_METADATA)) {
    fault('/metadata', `Must be an object of at most ${MAX_METADATA} characters of JSON.`);
  }
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    order: order as CreateOrderBody,
    fields: {
      requestHash: hashRequest([order, reference ?? null, callbackUrl ?? null, metadata ?? null]),
      reference: (reference as string | undefined) ?? null,
      body: JSON.stringify(order),
      callbackUrl: (callbackUrl as string | undefined) ?? null,
      metadata: metadataText,
      phones: phonesOf(order as CreateOrderBody),
    },
  };
}

/** The same JSON gives the same hash, however its keys were ordered and its text was spaced. */
function hashRequest(parts: readonly unknown[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(parts)))
    .digest();
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, inner]) => [name, sortKeys(inner)]);
}

function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= max && isCleanText(value);
}

/** Every phone an order names, once. */
function phonesOf({ phone, orderData }: CreateOrderBody): string[] {
  const phones = [phone, ...orderData.map((line) => line.phone)];
  return [...new Set(phones.filter((given) => given !== undefined))];
}

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
