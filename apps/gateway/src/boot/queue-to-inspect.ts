import type { Config } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { SEND_QUEUE } from '../orders/sending/send-queue.js';
import type { InspectQueue } from '../queue/job-queue.js';
import { openQueueBackend } from '../queue/open-backend.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import type { Closers } from './closers.js';
import type { Storage } from './storage.js';

/** The queue of other processes, for a process that only shows it; nothing is connected before someone looks. */
export function openQueueToInspect(
  { queue: { redisUrl } }: Config,
  { storage, clock }: { readonly storage: Storage; readonly clock: DatabaseClock },
  logger: Logger,
  closers: Closers,
): InspectQueue {
  const open = async () => {
    const backend = openQueueBackend({ redisUrl, database: storage.direct }, clock, logger);
    try {
      await backend.prepare();
      return { backend, jobs: backend.openQueue(SEND_QUEUE) };
    } catch (error) {
      // Who looks again opens it again.
      opening = undefined;
      await backend.close();
      throw error;
    }
  };
  let opening: ReturnType<typeof open> | undefined;
  closers.add('the queue to look at', async () => {
    const opened = await opening?.catch(() => undefined);
    await opened?.jobs.close();
    await opened?.backend.close();
  });
  return async () => {
    opening ??= open();
    return await (await opening).jobs.inspect();
  };
}
