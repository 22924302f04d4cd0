import type pg from 'pg';
import type { JournalSettings } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { SendingGate } from '../orders/sending/guard/gate.js';
import { LedgerGuard } from '../orders/sending/guard/guard.js';
import type { JournalKeeper } from '../orders/sending/journal/journal-keeper.js';
import type { QueueBackend } from '../queue/job-queue.js';
import type { Closers } from './closers.js';
import { openSendJournal } from './send-journal.js';

/** Opens the send journal, and what watches with it over whether this process may send. It watches once it is started. */
export async function openGuard(
  settings: JournalSettings,
  { pool, backend, gate }: { pool: pg.Pool; backend: QueueBackend; gate: SendingGate },
  logger: Logger,
  closers: Closers,
): Promise<{ guard: LedgerGuard; keeper: JournalKeeper }> {
  const listeners = {
    onWritable: (isWritable: boolean): void => {
      if (isWritable) gate.open('journal');
      else gate.close('journal', 'the send journal of this process cannot be written');
    },
    // Nothing beats before the guard is there.
    onBehind: (): void => guard.noteLostConnection(),
  };
  const keeper = await openSendJournal(settings, { pool, backend, listeners }, logger, closers);
  const guard = new LedgerGuard({ pool, gate, journal: keeper }, logger);
  closers.add('the guard of the ledger', () => guard.stop());
  return { guard, keeper };
}
