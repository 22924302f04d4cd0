import type pg from 'pg';
import { statement } from '../../storage/statement.js';
import { askInTurn } from '../../core/within.js';

/** PostgreSQL has this long; what it does not say in time is not known. */
const LIMIT_MS = 1_500;

/**
 * Hosts that callbacks wait for and that do not answer. One attempt may fail by chance: the second one says it, or the time
 * in which it should have come. Hosts that are disabled have an event of their own.
 */
const LOOK = statement('look-at-callback-hosts')`
select not exists (
  select from callback_hosts
   where disabled_at is null and due_at < 'infinity'
     and (failures >= 2 or failing_since < now() - interval '7 seconds')) as answer`;

/** Whether the hosts that callbacks wait for answer, as the attempts of all processes have found; nothing is sent to them. */
export function lookAtCallbackHosts(pool: pg.Pool): () => Promise<boolean | undefined> {
  const look = async (): Promise<boolean | undefined> =>
    await pool.query<{ answer: boolean }>(LOOK).then(
      ({ rows }) => rows[0]?.answer,
      () => undefined,
    );
  return askInTurn(look, LIMIT_MS, undefined);
}
