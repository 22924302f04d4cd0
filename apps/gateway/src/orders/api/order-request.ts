import { isJsonObject, JsonNumber, type JsonValue, writeJson } from '@vestibule/envelope';
import { validateCreateOrder, type CreateOrderBody } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { pointerTo } from '../../http/schema/read-request.js';
import { plainDecimal } from '../decimal.js';
import { isCleanText } from '../../storage/clean-text.js';
import type { NewOrder } from '../ledger/accept-orders.js';
import { MAX_METADATA, NEW_ORDER_FIELDS } from './new-order-schema.js';
import { MAX_REFERENCE } from './order-query.js';
import type { RequestHashes } from './request-hash.js';

const KNOWN = Object.keys(NEW_ORDER_FIELDS);

type OrderFields = Omit<NewOrder, 'apiKeyName' | 'idempotencyKey'>;

/** Says why an address cannot be called, as a sentence; undefined when it can. */
export type JudgeCallbackUrl = (url: unknown) => string | undefined;
/** A valid request: its data for the ledger, and the order itself. */
export interface GoodRequest {
  readonly fields: OrderFields;
  readonly order: CreateOrderBody;
}

/**
 * Reads the body of `POST /orders`: an order by the contract's table, and the producer's own data.
 *
 * @param hashes make the hashes of what was posted
 * @param exact the body with the exact text of every number: so it is stored, and returned
 * @returns the order's fields for the ledger, or every fault with its JSON pointer
 */
export function readOrderRequest(
  body: unknown,
  judgeCallbackUrl: JudgeCallbackUrl,
  hashes: RequestHashes,
  exact: unknown = body,
): ({ ok: true } & GoodRequest) | { ok: false; faults: FieldFault[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { ok: false, faults: [{ pointer: '', detail: 'The body must be a JSON object with a field "order".' }] };
  }
  const { order, reference, callbackUrl, metadata } = body as Record<string, unknown>;
  const { order: exactOrder, metadata: exactMetadata } = exact as Record<string, unknown>;
  // Where JavaScript has every number as it was posted, its own writer is the same and faster.
  const write = exact === body ? (value: unknown) => JSON.stringify(value) : writeJson;
  const faults: FieldFault[] = [];
  const fault = (pointer: string, detail: string): void => void faults.push({ pointer, detail });

  for (const name of Object.keys(body)) if (!KNOWN.includes(name)) fault(pointerTo(name), 'Unknown field.');
  if (order === undefined) fault('/order', 'Required: the body of app_create_order.');
  else for (const { pointer, detail } of validateCreateOrder(order)) fault(`/order${pointer}`, detail);
  // JavaScript's numbers are sent: they must equal the posted ones.
  if (faults.length === 0 && exact !== body)
    for (const pointer of roundedNumbers(exactOrder, '/order')) fault(pointer, 'Too many digits.');
  if (reference != null && !isText(reference, MAX_REFERENCE)) {
    fault('/reference', `Must be a string of 1 to ${MAX_REFERENCE} characters.`);
  }
  const callbackFault = callbackUrl == null ? undefined : judgeCallbackUrl(callbackUrl);
  if (callbackFault !== undefined) fault('/callbackUrl', callbackFault);
  // It may contain any text: `json` stores its escaped form, and no statement reads inside.
  const metadataText = metadata == null ? null : write(exactMetadata);
  if (metadataText !== null && (!metadataText.startsWith('{') || metadataText.length > MAX_METADATA)) {
    fault('/metadata', `Must be an object of at most ${MAX_METADATA} characters of JSON.`);
  }
  if (faults.length > 0) return { ok: false, faults };
  const parts = {
    exact: [exactOrder, reference ?? null, callbackUrl ?? null, exactMetadata ?? null],
    plain: [order, reference ?? null, callbackUrl ?? null, metadata ?? null],
  };
  return {
    ok: true,
    order: order as CreateOrderBody,
    fields: {
      requestHash: hashes.hash(parts),
      earlierHashes: () => hashes.earlierHashes(parts),
      reference: (reference as string | undefined) ?? null,
      body: write(exactOrder),
      callbackUrl: (callbackUrl as string | undefined) ?? null,
      metadata: metadataText,
      phones: phonesOf(order as CreateOrderBody),
    },
  };
}

/** Where a number is another one once JavaScript has it. */
function roundedNumbers(value: unknown, pointer: string): string[] {
  if (value instanceof JsonNumber) {
    const text = plainDecimal(value.text);
    return text === undefined || text !== plainDecimal(String(value.toNumber())) ? [pointer] : [];
  }
  if (Array.isArray(value)) return value.flatMap((inner, index) => roundedNumbers(inner, `${pointer}/${index}`));
  if (!isJsonObject(value as JsonValue)) return [];
  return Object.entries(value as object).flatMap(([name, inner]) => roundedNumbers(inner, pointer + pointerTo(name)));
}

function isText(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= max && isCleanText(value);
}

/** Every phone an order names, once. */
function phonesOf({ phone, orderData }: CreateOrderBody): string[] {
  const phones = [phone, ...orderData.map((line) => line.phone)];
  return [...new Set(phones.filter((given) => given !== undefined))];
}
