import type pg from 'pg';
import { AuditSealer } from '../audit/chain/audit-sealer.js';
import type { Logger } from '../core/logger.js';
import type { Closers } from './closers.js';

/** Starts linking new entries of the audit to its chain. */
export function startAuditSealing(pool: pg.Pool, logger: Logger, closers: Closers): void {
  const sealer = new AuditSealer(pool, logger);
  sealer.start();
  closers.addWork('the chain of the audit', () => sealer.stop());
}
