import { randomUUID } from 'node:crypto';
import { openQueue, type BareQueueAddress } from './connection.js';

const CHUNK = 200;

/** Puts jobs in that look like the gateway's. */
export async function fillBareQueue(address: BareQueueAddress, jobs: number): Promise<void> {
  const queue = await openQueue(address);
  for (let added = 0; added < jobs; added += CHUNK) {
    await queue.addBulk(
      Array.from({ length: Math.min(CHUNK, jobs - added) }, () => {
        const orderId = randomUUID();
        const opts = { jobId: `${orderId}-0`, removeOnComplete: true, removeOnFail: true, attempts: 1 };
        return { name: 'job', data: { orderId, generation: 0 }, opts };
      }),
    );
  }
  await queue.close();
}
