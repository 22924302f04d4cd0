import type { Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { date } from '../../http/schema/formats.js';
import { integer, listOf, named, object, oneOf, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { ALERT_FORMS, type AlertTarget } from '../alert-target.js';

/** No process has had it in its settings for so long: it is removed, with what waits for it. */
const GONE = `interval '1 day'`;
/** What a target has not taken for so long is not news any more. */
const STALE = `interval '7 days'`;

const TARGETS = new ColumnArrays<AlertTarget>({
  name: ['text', ({ name }) => name],
  form: ['text', ({ form }) => form],
});

const NOTE = statement('note-alert-targets')`
insert into alert_targets (name, form, after_event)
select t.name, t.form, (select coalesce(max(id), 0) from operator_events) from ${TARGETS.rowsAs('t')} order by t.name
on conflict (name) do update set form = excluded.form, seen_at = now()`;

const REMOVE_GONE = statement('remove-alert-targets')`
with gone as (delete from alert_targets where seen_at < now() - ${GONE} returning name)
delete from alert_deliveries where target in (select name from gone) or created_at < now() - ${STALE}`;

/**
 * Says that a process has these targets in its settings: from then on a trigger makes alerts for them. Targets that no
 * process has any more are removed.
 */
export async function noteTargets(pool: Pool, targets: readonly AlertTarget[]): Promise<void> {
  await pool.query({ ...NOTE, values: TARGETS.of(targets) });
  await pool.query(REMOVE_GONE);
}

const TARGET = named(
  'AlertTarget',
  object({
    name: text('Its name in ALERT_WEBHOOKS.'),
    form: oneOf(ALERT_FORMS, 'What its bodies look like.'),
    state: oneOf(
      ['working', 'failing', 'unused'],
      'failing: the last attempt has failed; alerts wait for the next one.',
    ),
    waiting: integer('How many alerts wait for it.', { minimum: 0 }),
    waitingSince: orNull(date('Since when the first of them has waited.')),
    failingSince: orNull(date('Since when attempts fail.')),
    nextAttemptAt: orNull(date('When the next one is made.')),
    lastSuccessAt: orNull(date('When one was taken last.')),
    lastFailureAt: orNull(date('When an attempt failed last.')),
    lastFailure: orNull(text('What came of that attempt.')),
  }),
);
/** A target as operators see it. */
export type TargetRecord = TypeOf<typeof TARGET>;
export const TARGET_LIST = named('AlertTargetList', object({ targets: listOf(TARGET) }));

const LIST = statement('list-alert-targets')`
select t.name, t.form,
       case when t.failures > 0 then 'failing' when t.last_success_at is null then 'unused' else 'working' end as state,
       count(d.id)::int as waiting, min(d.created_at) as "waitingSince", t.failing_since as "failingSince",
       case when count(d.id) > 0 and t.not_before > '-infinity' then t.not_before end as "nextAttemptAt",
       t.last_success_at as "lastSuccessAt", t.last_failure_at as "lastFailureAt", t.last_failure as "lastFailure"
  from alert_targets t left join alert_deliveries d on d.target = t.name
 group by t.name order by t.name`;

/** Every target that a process has lately had, by its name. */
export async function listTargets(pool: Pool): Promise<TargetRecord[]> {
  const { rows } = await pool.query<TargetRecord>(LIST);
  return rows;
}

const COUNT = statement('count-alerts')`select target, count(*)::int as waiting from alert_deliveries group by target`;

/** How many alerts wait, by target; none for a target that is not in it. */
export async function countWaiting(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ target: string; waiting: number }>(COUNT);
  return new Map(rows.map(({ target, waiting }) => [target, waiting]));
}
