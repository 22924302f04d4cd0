import { readConfig, type Env } from '../../config/read-config.js';
import { createLogger } from '../../core/logger.js';
import type { TestDatabase } from '../../testing/database.js';
import { startGateway, type Gateway } from '../gateway.js';

/** Starts a gateway of the demo on free ports of loopback. @param env its roles, its keys, and what else a suite is about */
export async function startTestGateway({ url }: TestDatabase, env: Env): Promise<Gateway> {
  const place = { DATABASE_URL: url, PUBLIC_HOST: '127.0.0.1', PUBLIC_PORT: '0', INTERNAL_PORT: '0' };
  return await startGateway(readConfig({ ...place, ...env }, { demo: true }), createLogger('silent'));
}
