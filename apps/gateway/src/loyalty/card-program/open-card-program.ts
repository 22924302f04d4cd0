import type { Pool } from 'pg';
import type { KoshelekConfig } from '../../config/config.js';
import type { Logger } from '../../core/logger.js';
import type { CallWatch } from '../../health/parts/call-watch.js';
import type { CardProgram } from './card-program.js';
import { HttpCardProgram } from './http/http-card-program.js';
import { loadModuleProgram } from './module/load-module.js';
import { PostgresCardProgram } from './postgres/postgres-card-program.js';

/**
 * Opens the programme that `CARD_PROGRAM` names.
 *
 * @param watch learns what each call says of the company's own system
 * @throws ConfigError for a module that is no programme
 */
export async function openCardProgram(
  { cardProgramSource: source, cardProgram }: KoshelekConfig,
  pool: Pool,
  logger: Logger,
  watch: CallWatch | undefined,
): Promise<CardProgram> {
  switch (source.kind) {
    case 'postgres':
      return new PostgresCardProgram(pool, cardProgram);
    case 'http':
      return new HttpCardProgram(source, logger, watch);
    case 'module':
      return await loadModuleProgram(source.file, source.timeoutMs);
  }
}
