import type { Pool } from 'pg';
import type { AuditAction } from '../../audit/action.js';
import { writeAudit } from '../../audit/write-audit.js';
import type { CardQuery } from './find-cards.js';
import { statement } from '../../storage/statement.js';

/** How long the page of one card may be opened again and again by the same person and still be one look. */
const ONE_LOOK_MINUTES = 15;

const VIEWED: AuditAction = 'card.view';

const VIEW = statement('note-view')`
insert into audit (who, action, card_number)
select $1, '${VIEWED}', $2
 where not exists (
   select from audit
    where card_number = $2 and who = $1 and action = '${VIEWED}'
      and at > now() - ${ONE_LOOK_MINUTES} * interval '1 minute')`;

/** Records in the audit that an operator sees a holder's personal data. Call it before showing them. */
export async function noteView(pool: Pool, who: string, cardNumber: string): Promise<void> {
  await pool.query({ ...VIEW, values: [who, cardNumber] });
}

/**
 * Records in the audit that a phone or an e-mail found a card: the search reveals the holder, although the list is
 * masked. The search text is not stored.
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
