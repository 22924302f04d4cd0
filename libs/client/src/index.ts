export { VestibuleClient, type CreateOptions } from './client.js';
export type { CallbacksClient } from './callbacks.js';
export type { CatalogClient } from './catalog.js';
export type { CallOptions, ClientOptions } from './transport.js';
export type { RetryOptions } from './retry.js';
export { isFinal, type WaitOptions } from './wait-for-order.js';
export { PROBLEM_TYPES } from './problem-types.js';
export { ApiError, CallbackError, ConnectionError, WaitTimeoutError } from './errors.js';
export {
  verifyCallback,
  type CallbackHeaders,
  type CallbackRequest,
  type VerifiedCallback,
  type VerifyOptions,
} from './verify-callback.js';
export type {
  Account,
  Attempt,
  BatchOutcome,
  CallbackEvent,
  CardTypes,
  Delivery,
  DeliveryFilter,
  DeliveryWithAttempts,
  NewBatchEntry,
  NewOrder,
  Order,
  OrderEvent,
  OrderFilter,
  OrderStatus,
  PlacedOrder,
  Problem,
  ProblemType,
  Regions,
  Tariffs,
  TestResult,
  Ticket,
  TicketState,
} from './types.js';
export type { components, operations, paths } from './openapi.js';
