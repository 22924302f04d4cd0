import { call } from './call.js';
import type { Result } from './problem.js';

/** The calls of some minutes. */
export interface TrafficPoint {
  readonly at: string;
  readonly calls: number;
  readonly failed: number;
  readonly p95Ms: number | null;
}

/** What orders cost that wait for a person. */
export interface WaitingCost {
  readonly status: string;
  readonly roubles: string | null;
  /** How many orders this is for: the oldest, if there are very many. */
  readonly orders: number;
  readonly unpriced: number;
}

export interface Overview {
  readonly traffic: {
    readonly stepMinutes: number;
    readonly koshelek: readonly TrafficPoint[];
    readonly troika: readonly TrafficPoint[];
  };
  readonly fund: {
    readonly readings: readonly { readonly at: string; readonly amount: string }[];
    readonly low: string | null;
    readonly floor: string | null;
  };
  readonly limiter: { readonly perSecond: number | null; readonly waitSecs: number };
  readonly waiting: readonly WaitingCost[];
}

export function lookAtOverview(hours: string): Promise<Result<Overview>> {
  return call('GET', '/admin/overview', { query: { hours } });
}
