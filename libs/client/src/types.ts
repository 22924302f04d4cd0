import type { components } from './openapi.js';

type Schemas = components['schemas'];

/** What `createOrder` takes: the body of app_create_order, and what is kept beside it. */
export type NewOrder = Schemas['NewOrder'];
/** One entry of a batch; a key that is left out is made. */
export type NewBatchEntry = NewOrder & { idempotencyKey?: string };
export type Order = Schemas['Order'];
export type OrderStatus = Schemas['OrderStatus'];
export type TicketState = Schemas['TicketState'];
export type OrderEvent = Schemas['OrderEvent'];
export type Attempt = Schemas['Attempt'];
export type BatchOutcome = Schemas['BatchOutcome'];
/** An error of the gateway (RFC 9457). */
export type Problem = Schemas['Problem'];
/** What a callback says. */
export type CallbackEvent = Schemas['CallbackEvent'];

/** Which orders; what is left out is left open. */
export interface OrderFilter {
  readonly status?: OrderStatus | readonly OrderStatus[];
  readonly reference?: string;
  /** Accepted at this moment or later. */
  readonly from?: Date | string;
  /** Accepted before this moment. */
  readonly to?: Date | string;
  /** How many are fetched at once: 1 to 200. */
  readonly pageSize?: number;
}

/** An order that was placed. */
export interface PlacedOrder {
  readonly order: Order;
  /** The same order had been posted under this key before: by you, or by a repetition of this very call. */
  readonly replayed: boolean;
  /** Keep it when you may want to place the same order again after a crash of your own. */
  readonly idempotencyKey: string;
}
