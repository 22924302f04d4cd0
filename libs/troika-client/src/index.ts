export { readRetryAfter } from './classify.js';
export { TroikaClient, type CallOptions, type TroikaClientOptions } from './client.js';
export type { CallOutcome, CallResult, NotSentReason, UnknownReason } from './outcome.js';
