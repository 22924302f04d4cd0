import { createSigner, parseSignatureProfile } from '@vestibule/signer';
import { TroikaClient } from '@vestibule/troika-client';
import type pg from 'pg';
import type { TroikaConfig } from '../config/config.js';
import { ConfigError } from '../config/read-config.js';
import type { Logger } from '../logging/logger.js';
import type { SendJob } from '../orders/ledger/claim-orders.js';
import type { Ledger } from '../orders/ledger/ledger.js';
import { SEND_QUEUE, type SendQueue } from '../orders/send-queue.js';
import { Sender } from '../orders/sender.js';
import { Sweeper } from '../orders/sweeper.js';
import type { QueueBackend } from '../queue/job-queue.js';
import type { Closers } from './closers.js';
import { VERSION } from './version.js';

/** The client of Тройка Бизнес, as the configuration has it. */
export function createClient(troika: TroikaConfig): TroikaClient {
  const { profile: name, template, keys } = troika.signature;
  const parsed = parseSignatureProfile(name, { template });
  if (!parsed.ok) throw new ConfigError([`TROIKA_SIGNATURE or TROIKA_SIGNATURE_TEMPLATE: ${parsed.error}`]);
  const signer = createSigner(parsed.profile, keys);
  return new TroikaClient({ ...troika, signer, userAgent: `Vestibule/${VERSION} (gateway ${VERSION})` });
}

/** Starts the worker that sends orders, and the sweeper beside it. */
export function startSending(
  troika: TroikaConfig,
  parts: { pool: pg.Pool; ledger: Ledger; queue: SendQueue; backend: QueueBackend },
  logger: Logger,
  closers: Closers,
): void {
  const { pool, ledger, queue, backend } = parts;
  const sender = new Sender(ledger, createClient(troika), queue, troika.retryScheduleSecs, logger);
  const { concurrency, ratePerSecond } = troika;
  const worker = backend.openWorker<SendJob>(
    SEND_QUEUE,
    async (job) => {
      await sender.send(job);
      return { kind: 'done' };
    },
    { concurrency, ratePerSecond },
  );
  closers.add(() => worker.close());
  const sweeper = new Sweeper(pool, queue, troika.sweepGraceMs, logger);
  sweeper.start();
  closers.add(() => sweeper.stop());
}
