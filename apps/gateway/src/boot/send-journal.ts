import type pg from 'pg';
import type { JournalSettings } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { findLedgerId } from '../orders/sending/journal/find-ledger-id.js';
import { JournalKeeper, type JournalListeners } from '../orders/sending/journal/journal-keeper.js';
import type { QueueBackend } from '../queue/job-queue.js';
import type { Closers } from './closers.js';

/** How much of each journal the copy in Redis keeps, in lines, two for each attempt; and of how many journals. */
const COPY = { mostLines: 50_000, mostLists: 200 } as const;
const DAY_SECS = 86_400;

/** Opens the send journal of this process. */
export async function openSendJournal(
  settings: JournalSettings,
  { pool, backend, listeners }: { pool: pg.Pool; backend: QueueBackend; listeners: JournalListeners },
  logger: Logger,
  closers: Closers,
): Promise<JournalKeeper> {
  const copy = backend.openCappedLog('send-journal', { ...COPY, keepSecs: settings.keepDays * DAY_SECS });
  const ledgerId = await findLedgerId(pool);
  const keeper = await JournalKeeper.open({ pool, copy, ledgerId, settings }, listeners, logger);
  keeper.start();
  closers.add('the send journal', () => keeper.stop());
  return keeper;
}
