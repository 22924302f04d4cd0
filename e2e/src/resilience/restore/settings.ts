import { DEPLOYMENTS } from '../../harness/fleet.js';
import { queueChoices } from '../../harness/queues.js';

/**
 * Every second one of these combinations of two things, each of which comes once: a run of all tests has no time for the
 * rest. `TEST_RESTORE_ALL=1` gives all of them.
 */
export function chosen<T>(combinations: readonly T[][]): T[] {
  const all = combinations.flat();
  if (process.env['TEST_RESTORE_ALL'] === '1') return all;
  return combinations.map((row, index) => row[(index + 1) % row.length] as T);
}

/** Each queue, with a way to run the gateway. */
export const SETTINGS = chosen(
  queueChoices().map((choice) => DEPLOYMENTS.map((deployment) => ({ ...choice, ...deployment }))),
);
