import { existsSync } from 'node:fs';
import type { Env } from './read-config.js';

/** Beside the working directory, as in `.env.example`. */
const FILE = '.env';

/**
 * What every production command reads its settings from: the environment, and a file `.env` in the working directory
 * for what the environment leaves open.
 */
export function processEnvironment(): Env {
  if (existsSync(FILE)) process.loadEnvFile(FILE);
  return process.env;
}
