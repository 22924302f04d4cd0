export { MOST_RETRY_AFTER_SECS, readRetryAfter } from './retry-after.js';
export { TroikaClient, type CallOptions, type TroikaClientOptions } from './client.js';
export type { CallOutcome, CallResult, NotSentReason, UnknownReason } from './outcome.js';
export { NOT_EXECUTED_STATUSES } from './trusted-statuses.js';
export { openTunnel, type Proxy } from './proxy-tunnel.js';
