import { join } from 'node:path';
import { ROOT } from './set-up.mjs';
import { StepError } from './steps.mjs';

/** Takes `.env` of the checkout into the environment, as the gateway itself does. Only after a build. */
export async function readEnvFile() {
  const { processEnvironment } = await import('../../apps/gateway/dist/config/process-environment.js');
  try {
    processEnvironment(join(ROOT, '.env'));
  } catch (error) {
    throw error.name === 'ConfigError' ? new StepError(error.message) : error;
  }
}
