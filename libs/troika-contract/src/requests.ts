import { JsonNumber } from '@vestibule/envelope';
import type { MethodName } from './methods.js';

/** A card that is made and delivered, or the user's own (troika-business.md, "The order": `orderData[].type`). */
export type OrderLineType = 'newcard' | 'owncard';

/** One line of an order (troika-business.md, "The order": `orderData[]`). */
export interface OrderLine {
  type: OrderLineType;
  /** For `newcard`: an id of app_get_cardtype, as a number. */
  cardTypeId?: number;
  /** For `owncard`: up to 10 digits, leading zeros kept. */
  cardNumber?: string;
  tariffId: number;
  currencyId: 'RUB';
  /** Roubles; only for a tariff of the group `purse`, between its priceMin and priceMax. */
  amount?: number;
  /** Required for `newcard`. */
  quantity?: number;
  /** The card user's mobile, `+7…`; may be left to the order's own phone. */
  phone?: string;
  email?: string;
  name?: string;
}

/** The body of app_create_order (troika-business.md, "Methods"). */
export interface CreateOrderBody {
  orderData: OrderLine[];
  regionId?: number;
  paymentMethodId?: number;
  vatNumber?: string;
  legalEntityTypeId?: number;
  name?: string;
  firstname?: string;
  surname?: string;
  email?: string;
  phone?: string;
  /** True writes the ticket to the transport system at once. */
  writeRemote?: boolean;
}

/** No parameters: sent as `"body": {}` or without a body. */
export type NoParameters = Record<string, never>;

/** An id of the partner in a request: a number with its original digits. */
export type RequestId = number | string | JsonNumber;

const DIGITS = /^(?:0|[1-9]\d*)$/;

/**
 * An id from an answer, in the form of a request: a number with exactly these digits, also beyond 2^53. Another text is
 * sent back as text.
 */
export function requestId(text: string): RequestId {
  return DIGITS.test(text) ? new JsonNumber(text) : text;
}

/** The request body of each method. Ids are texts in answers and integers here: {@link requestId} converts them. */
export interface RequestBodies {
  app_get_tariff: NoParameters;
  app_get_cardtype: NoParameters;
  app_get_region: NoParameters;
  app_create_order: CreateOrderBody;
  /** `uuid` is called required by the contract, yet nothing documented returns one: sent only when known. */
  app_get_order: { id: RequestId; uuid?: string };
  app_get_ticket: { orderTariffId: RequestId };
  app_cancel_ticket: { orderTariffId: RequestId };
  app_cancel_order: { orderId: RequestId };
  app_get_businessaccount: NoParameters;
}

/** The head of every request (troika-business.md, "Envelope"). */
export interface RequestHead {
  type: MethodName;
  /** The Agent's service, e.g. `bus_` and 15 hex digits. */
  terminalId: string;
  languageId: string;
  /** The name of the API user, in the form of a phone. Not a customer's phone. */
  phone: string;
  /** `2022-04-22 00:21:02 +03:00` as in the samples, or ATOM. */
  time: string;
}
