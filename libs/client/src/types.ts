import type { components } from './openapi.js';

type Schemas = components['schemas'];

/** What `createOrder` takes: the body of app_create_order, and the data stored with it. */
export type NewOrder = Schemas['NewOrder'];
/** One entry of a batch; a key that is left out is made. */
export type NewBatchEntry = NewOrder & { idempotencyKey?: string };
export type Order = Schemas['Order'];
export type OrderStatus = Schemas['OrderStatus'];
export type TicketState = Schemas['TicketState'];
export type OrderEvent = Schemas['OrderEvent'];
export type Attempt = Schemas['Attempt'];
export type BatchOutcome = Schemas['BatchOutcome'];
/** An error of the gateway (RFC 9457). After a cancellation that failed it has the present order. */
export type Problem = Omit<Schemas['Problem'], 'type'> &
  Pick<Schemas['CancelProblem'], 'order'> & { type: ProblemType };
/** The kind of a problem, one of `PROBLEM_TYPES`; `about:blank` when the answer came from something on the way. */
export type ProblemType = Schemas['ProblemType'] | 'about:blank';
/** What a callback says: something of an order, or that this is a test. */
export type CallbackEvent = Schemas['CallbackEvent'] | Schemas['TestEvent'];
/** A ticket as Тройка Бизнес reports it. */
export type Ticket = Schemas['Ticket'];
export type Tariffs = Schemas['Tariffs'];
export type CardTypes = Schemas['CardTypes'];
export type Regions = Schemas['Regions'];
/** The guarantee fund. */
export type Account = Schemas['Account'];
/** One event on its way to you. */
export type Delivery = Schemas['Delivery'];
export type DeliveryWithAttempts = Schemas['DeliveryWithAttempts'];
export type TestResult = Schemas['TestResult'];

/** Filters of orders; an omitted one matches all. */
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

/** Filters of deliveries; an omitted one matches all. */
export interface DeliveryFilter {
  readonly orderId?: string;
  readonly status?: Delivery['status'];
  readonly endpointId?: string;
  /** How many are fetched at once: 1 to 200. */
  readonly pageSize?: number;
}

/** An order that was placed. */
export interface PlacedOrder {
  readonly order: Order;
  /** The same order had been posted under this key before: by you, or by a repetition of this very call. */
  readonly replayed: boolean;
  /** Store it if you may place the same order again after a crash of your process. */
  readonly idempotencyKey: string;
}
