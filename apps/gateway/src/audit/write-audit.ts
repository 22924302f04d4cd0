import type { Pool, PoolClient } from 'pg';
import type { AuditAction } from './action.js';
import type { Actor } from './actor.js';
import { statement } from '../storage/statement.js';

/** One entry. It contains no phones, e-mails or names: the audit is kept when a person is erased. */
export type AuditEntry = { readonly details: object } & (
  | { readonly action: Extract<AuditAction, `card.${string}`>; readonly cardNumber: string }
  | {
      readonly action: Extract<AuditAction, 'alerts.test' | 'person.preview' | `import.${string}` | `golive.${string}`>;
      readonly cardNumber: null;
    }
);

const WRITE = statement('write-audit')`
insert into audit (who, action, card_number, why, details) values ($1, $2, $3, $4, $5::jsonb)`;

/**
 * Writes an entry of the audit.
 *
 * @param database the transaction of the change, so that neither is committed without the other
 */
export async function writeAudit(
  database: Pool | PoolClient,
  { who, why }: Actor,
  { action, cardNumber, details }: AuditEntry,
): Promise<void> {
  const values = [who, action, cardNumber, why ?? null, JSON.stringify(details)];
  await database.query({ ...WRITE, values });
}
