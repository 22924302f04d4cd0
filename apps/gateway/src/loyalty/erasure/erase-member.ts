import type { PoolClient } from 'pg';
import { CARD_TRACES } from './card-traces.js';

/** How many rows of each table have lost what led to a person. */
export type ErasedRows = Readonly<Record<string, number>>;

/**
 * Erases what the built-in programme knows of the person with a phone. The card's number remains without a person,
 * blocked for good. A repeated call finds nothing.
 *
 * @param client in a transaction: everything is erased or nothing
 * @param msisdn in normal form
 */
export async function eraseMember(client: PoolClient, msisdn: string): Promise<ErasedRows> {
  const erased: Record<string, number> = {};
  const change = async (table: string, text: string, value: unknown): Promise<void> => {
    erased[table] = (await client.query(text, [value])).rowCount ?? 0;
  };
  const ids = await lock(client, 'select id::text as key from members where msisdn = $1 for update', msisdn);
  // Locked against what refers to the card just now: it waits, and then finds it blocked.
  const cards = await lock(client, 'select number as key from cards where member_id = any($1) for update', ids);
  for (const [table, text] of Object.entries(CARD_TRACES)) await change(table, text, cards);
  await change(
    'cards',
    `update cards set state = 'blocked', blocked_from = null, member_id = null, erased_at = now(), updated_at = now()
      where number = any($1)`,
    cards,
  );
  await change('members', 'delete from members where id = any($1)', ids);
  await change('special_phone_params', 'delete from special_phone_params where phone = $1', msisdn);
  await change('special_phones', 'delete from special_phones where phone = $1', msisdn);
  return erased;
}

async function lock(client: PoolClient, text: string, value: unknown): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(text, [value]);
  return rows.map(({ key }) => key);
}
