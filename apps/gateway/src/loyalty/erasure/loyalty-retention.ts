import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { CARD_TRACES } from './card-traces.js';

const PERIOD_MS = 60_000;
const BATCH = 1_000;

/** Rows that were being written during an erasure may have been missed; so long they are searched for. */
const LATE_TRACES = `interval '1 hour'`;

/** The texts that lose their use with time. `$1`: days; `$2`: how many at once. */
const OLD_TEXTS: Readonly<Record<string, string>> = {
  receipts: `
update receipts set raw = null where id in (
  select id from receipts where raw is not null and at < now() - $1::integer * interval '1 day'
   limit $2 for update skip locked)`,
  promo_redemptions: `
update promo_redemptions set raw = null where (promo_code_id, card_number, turn) in (
  select promo_code_id, card_number, turn from promo_redemptions
   where raw is not null and at < now() - $1::integer * interval '1 day' limit $2 for update skip locked)`,
  purchases: `
update purchases set item = null, location = null where id in (
  select id from purchases
   where (item is not null or location is not null)
     and bought_at < (now() at time zone 'Europe/Moscow') - $1::integer * interval '1 day'
   limit $2 for update skip locked)`,
};

/**
 * Deletes data that the programme does not need for good: the original bodies of receipts and promo codes, and what was
 * bought where. Ids, sums and bonuses stay. Every process with the role does it; locked rows are skipped.
 */
export class LoyaltyRetention {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.sweep());
  private stopped = false;

  /** @param days undefined keeps the texts for good */
  constructor(
    private readonly pool: Pool,
    private readonly days: number | undefined,
    private readonly logger: Logger,
  ) {}

  /** Begins at once, then looks every minute. */
  start(): void {
    this.periodic.start({ atOnce: true });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.periodic.stop();
  }

  /** One round; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    try {
      await this.eraseLateTraces();
      if (this.days === undefined) return;
      for (const [table, text] of Object.entries(OLD_TEXTS)) await this.eraseOldTexts(table, text, this.days);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'erasing old texts of the programme failed');
    }
  }

  private async eraseOldTexts(table: string, text: string, days: number): Promise<void> {
    let count = BATCH;
    while (count === BATCH && !this.stopped) {
      count = (await this.pool.query(text, [days, BATCH])).rowCount ?? 0;
      if (count > 0) this.logger.info({ table, rows: count }, 'erased old texts of the programme');
    }
  }

  private async eraseLateTraces(): Promise<void> {
    const { rows } = await this.pool.query<{ number: string }>(
      `select number from cards where erased_at > now() - ${LATE_TRACES}`,
    );
    if (rows.length === 0) return;
    const cards = rows.map(({ number }) => number);
    // The audit needs this only once: later entries are by operators who saw a number without a person.
    for (const [table, text] of Object.entries(CARD_TRACES)) {
      if (table !== 'audit') await this.pool.query(text, [cards]);
    }
  }
}
