import type { DeliveryAttemptRecord, DeliveryRecord } from '../callbacks/outbox/deliveries.js';
import type { EndpointRecord } from '../callbacks/outbox/endpoints.js';
import type { TestResult } from '../callbacks/api/test-callback.js';
import type { Json } from './build.js';
import { CONFIRMED_RECORD } from './examples.js';

const URL = 'https://shop.example.com/callbacks';
const AT = new Date('2026-11-24T09:30:00.400Z');
const SENT_AT = new Date('2026-11-24T09:30:00.500Z');
const ANSWERED_AT = new Date('2026-11-24T09:30:00.640Z');

/** As JSON: moments are texts there. */
const told = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

const ENABLED: EndpointRecord = {
  id: '019ab3f4-1c40-7f10-8b11-9a22b33c44d5',
  url: URL,
  state: 'enabled',
  disabledWhy: null,
  disabledAt: null,
  failures: 0,
  failingSince: null,
  lastSuccessAt: ANSWERED_AT,
  lastFailureAt: null,
  pending: 0,
  createdAt: CONFIRMED_RECORD.createdAt,
};
export const ENABLED_ENDPOINT = told(ENABLED);
export const DISABLED_ENDPOINT = told({ ...ENABLED, state: 'disabled', disabledWhy: 'by-producer', disabledAt: AT });
export const ENDPOINT_PAGE: Json = { endpoints: [ENABLED_ENDPOINT], nextCursor: null };

const DELIVERY: DeliveryRecord = {
  id: 'evt_019ab3f41c417a208c1daa33b44c55d6',
  type: 'order.confirmed',
  orderId: CONFIRMED_RECORD.id,
  endpointId: ENABLED.id,
  url: URL,
  status: 'delivered',
  attempts: 1,
  nextAttemptAt: null,
  timestamp: AT,
  settledAt: ANSWERED_AT,
};
const ATTEMPT: DeliveryAttemptRecord = {
  number: 1,
  startedAt: SENT_AT,
  endedAt: ANSWERED_AT,
  outcome: 'delivered',
  httpStatus: 204,
  detail: null,
  durationMs: 140,
};
export const DELIVERY_PAGE: Json = { deliveries: [told(DELIVERY)], nextCursor: null };
export const DELIVERY_WITH_ATTEMPTS = told({ delivery: DELIVERY, attempts: [ATTEMPT] });
export const REDELIVERY = told({
  delivery: { ...DELIVERY, status: 'pending', nextAttemptAt: ANSWERED_AT, settledAt: null },
  attempts: [ATTEMPT],
});

export const TEST_REQUESTS = { toTheShop: { url: URL } };
const TEST_RESULT: TestResult = {
  webhookId: 'evt_019ab3f41c427b308d2ebb44c55d66e7',
  outcome: 'delivered',
  httpStatus: 204,
  detail: null,
  durationMs: 140,
};
export const TEST_RESULTS = { toTheShop: told(TEST_RESULT) };
