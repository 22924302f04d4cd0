import { openFilesLimit } from './open-files.js';

/** How many connections a listener takes at once. */
export interface ConnectionLimits {
  readonly total: number;
  /** Of one address, see `addressGroup`. */
  readonly perAddress: number;
}

/**
 * Shares of the files and sockets that a process may have. The rest is in reserve for our own calls: PostgreSQL, Redis, the
 * partner, callbacks.
 */
const SHARES = { public: 1 / 2, internal: 1 / 4 } as const;

/** What the settings allow a listener, and the system can bear. */
export function connectionLimits(
  listener: keyof typeof SHARES,
  { total, perAddress = total }: { readonly total: number; readonly perAddress?: number },
  openFiles = openFilesLimit(),
): ConnectionLimits {
  return { total: Math.min(total, Math.floor(openFiles * SHARES[listener])), perAddress };
}
