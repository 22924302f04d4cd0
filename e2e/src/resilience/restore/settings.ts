import { DEPLOYMENTS } from '../../harness/fleet.js';
import { queueChoices } from '../../harness/queues.js';

/** Each queue with each way to run the gateway. */
export const SETTINGS = queueChoices().flatMap((choice) =>
  DEPLOYMENTS.map((deployment) => ({ ...choice, ...deployment })),
);
