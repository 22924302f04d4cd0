import { existsSync, readFileSync } from 'node:fs';
import { findCutValues } from './find-cut-values.js';
import { ConfigError, type Env } from './read-config.js';

/** In the working directory, in the form of `.env.example`. */
const FILE = '.env';

/**
 * What every program reads its settings from: the environment, and a file `.env` for what the environment leaves open.
 *
 * @param file another one than that of the working directory
 * @throws ConfigError naming every variable of the file whose value a `#` would cut short
 */
export function processEnvironment(file: string = FILE): Env {
  if (!existsSync(file)) return process.env;
  const cut = findCutValues(readFileSync(file, 'utf8'));
  if (cut.length > 0) {
    throw new ConfigError(
      cut.map(
        (name) =>
          `${name} in .env has a # outside of quotes, and its value would end there; put the value in single quotes, or ` +
          'the comment into a line of its own',
      ),
    );
  }
  process.loadEnvFile(file);
  return process.env;
}
