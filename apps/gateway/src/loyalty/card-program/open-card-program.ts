import type { Pool } from 'pg';
import type { KoshelekConfig } from '../../config/config.js';
import type { Logger } from '../../core/logger.js';
import type { Watches } from '../../health/parts/watches.js';
import type { CardProgram } from './card-program.js';
import { HttpCardProgram } from './http/http-card-program.js';
import { loadModuleProgram } from './module/load-module.js';
import { PostgresCardProgram } from './postgres/postgres-card-program.js';

/**
 * Opens the programme that `CARD_PROGRAM` names.
 *
 * @param watches learn what each call says of the company's own system, and what its circuit breaker does
 * @throws ConfigError for a module that is no programme
 */
export async function openCardProgram(
  { cardProgramSource: source, cardProgram }: KoshelekConfig,
  pool: Pool,
  logger: Logger,
  { ownSystem, breaker }: Pick<Watches, 'ownSystem' | 'breaker'>,
): Promise<CardProgram> {
  switch (source.kind) {
    case 'postgres':
      return new PostgresCardProgram(pool, cardProgram);
    case 'http':
      return new HttpCardProgram(source, logger, ownSystem, breaker);
    case 'module':
      return await loadModuleProgram(source.file, source.timeoutMs);
  }
}
