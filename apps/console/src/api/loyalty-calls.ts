import { call } from './call.js';
import type { Result } from './problem.js';

/** A call of Кошелёк. */
export interface LoyaltyCall {
  readonly id: string;
  readonly at: string;
  readonly requestId: string;
  readonly method: string;
  readonly code: string;
  readonly httpStatus: number;
  readonly durationMs: number;
  /** Masked. */
  readonly card: string | null;
}

export interface LoyaltyCallPage {
  readonly calls: readonly LoyaltyCall[];
  readonly nextCursor: string | null;
}

export interface LoyaltyCallFilter {
  readonly method?: string;
  readonly code?: string;
  readonly requestId?: string;
}

export function listLoyaltyCalls(filter: LoyaltyCallFilter, cursor?: string): Promise<Result<LoyaltyCallPage>> {
  return call('GET', '/admin/loyalty/calls', { query: { ...filter, cursor } });
}
