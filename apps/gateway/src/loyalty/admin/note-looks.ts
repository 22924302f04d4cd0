import type { Pool } from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import type { CardQuery } from './find-cards.js';

/** How long the page of one card may be opened again and again by the same person and still be one look. */
const ONE_LOOK_MINUTES = 15;

const VIEW = `
insert into audit (who, action, card_number)
select $1, 'card.view', $2
 where not exists (
   select from audit
    where card_number = $2 and who = $1 and action = 'card.view'
      and at > now() - ${ONE_LOOK_MINUTES} * interval '1 minute')`;

/** Notes that somebody sees a holder's personal data; to be called before they are shown. */
export async function noteView(pool: Pool, who: string, cardNumber: string): Promise<void> {
  await pool.query({ name: 'note-view', text: VIEW, values: [who, cardNumber] });
}

/**
 * Notes that a phone or an e-mail led to a card: who asks that way learns whose it is, though the list is masked. What
 * was asked for is not kept.
 */
export async function noteFind(
  pool: Pool,
  who: string,
  { phone, email }: CardQuery,
  found: readonly { readonly number: string }[],
): Promise<void> {
  const by = [...(phone === undefined ? [] : ['phone']), ...(email === undefined ? [] : ['email'])];
  if (by.length === 0) return;
  for (const { number } of found) {
    const entry = { action: 'card.find', cardNumber: number, details: { by } } as const;
    await writeAudit(pool, { who, why: undefined }, entry);
  }
}
