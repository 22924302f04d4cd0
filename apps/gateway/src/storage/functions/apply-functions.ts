import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ColumnArrays } from '../column-arrays.js';
import type { DatabaseFunction } from './database-function.js';

/**
 * A text that the database has had, and the last migration before it was made. The last text of a name is the present
 * one.
 */
const TABLE = `
create table if not exists schema_functions (
  id        bigint generated always as identity primary key,
  name      text not null,
  checksum  text not null,
  migration text not null,
  at        timestamptz not null default now(),
  constraint schema_functions_once unique (name, checksum)
)`;

interface KnownText {
  readonly name: string;
  readonly checksum: string;
  readonly isPresent: boolean;
  /** No migration has run since it was made; one that has may have made an older text, so every text is made again. */
  readonly isFresh: boolean;
}

const LAST_MIGRATION = '(select id from schema_migrations order by at desc, id desc limit 1)';

const KNOWN = `
select name, checksum, id = max(id) over (partition by name) as "isPresent",
       migration is not distinct from ${LAST_MIGRATION} as "isFresh" from schema_functions`;

interface Part {
  readonly name: string;
  readonly definition: string;
  readonly checksum: string;
}

const PARTS = new ColumnArrays<Part>({
  name: ['text', ({ name }) => name],
  checksum: ['text', ({ checksum }) => checksum],
});

const NOTE = `
insert into schema_functions (name, checksum, migration) select g.*, ${LAST_MIGRATION} from ${PARTS.rowsAs('g')}
on conflict on constraint schema_functions_once do update set migration = excluded.migration, at = now()`;

export interface ApplyOptions {
  /** Runs work as a transaction that waits for a lock only so long, and then tries again. */
  readonly inTransaction: (name: string, work: (client: PoolClient) => Promise<void>) => Promise<void>;
}

/**
 * Makes the functions whose text has changed, all in one transaction, then their triggers, one by one, because each
 * locks its table for a moment. A text that the database has had before its present one belongs to an older release,
 * which may still run beside a newer one, and is not made again.
 *
 * @returns the names of what was made
 */
export async function applyFunctions(
  client: PoolClient,
  functions: readonly DatabaseFunction[],
  { inTransaction }: ApplyOptions,
): Promise<string[]> {
  await client.query(TABLE);
  const { rows } = await client.query<KnownText>(KNOWN);
  const known = new Map(rows.map((row) => [`${row.name} ${row.checksum}`, row]));
  const isDue = ({ name, checksum }: Part): boolean => {
    const text = known.get(`${name} ${checksum}`);
    return text === undefined || (text.isPresent && !text.isFresh);
  };
  const changed = functions.map(({ name, definition }) => partOf(name, definition)).filter(isDue);
  const triggers = functions
    .flatMap(({ name, trigger }) => (trigger === undefined ? [] : partOf(`trigger of ${name}`, trigger)))
    .filter(isDue);
  const steps = [changed, ...triggers.map((trigger) => [trigger])].filter((parts) => parts.length > 0);
  for (const parts of steps) {
    await inTransaction(parts.map(({ name }) => name).join(', '), async (transaction) => {
      for (const { definition } of parts) await transaction.query(definition);
      await transaction.query(NOTE, PARTS.of(parts));
    });
  }
  return steps.flat().map(({ name }) => name);
}

function partOf(name: string, definition: string): Part {
  return { name, definition, checksum: createHash('sha256').update(definition).digest('hex') };
}
