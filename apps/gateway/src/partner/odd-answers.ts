import type pg from 'pg';
import type { MethodName } from '@vestibule/troika-contract';
import { describeError, type Logger } from '../core/logger.js';
import { statement } from '../storage/statement.js';

/** So many fields are named; a broken dictionary may have thousands. */
const MOST_NAMED = 20;

/** The same oddity is reported once an hour, because orders are polled repeatedly with the same answer. */
const NOTE = statement('note-odd-answer')`
insert into operator_events (kind, severity, message, details)
select 'partner.odd-answer', 'warning', $1, $2::jsonb
 where not exists (
   select from operator_events
    where kind = 'partner.odd-answer' and at > now() - interval '1 hour' and details ->> 'like' = $2::jsonb ->> 'like')`;

/**
 * Reports to operators fields of an answer whose form is not the contract's. The rest of the answer was used, so losing
 * the event has no other effect.
 *
 * @param oddities one sentence for each field, without its value; none, or undefined, writes nothing
 */
export async function noteOddAnswer(
  pool: pg.Pool,
  method: MethodName,
  oddities: readonly string[] | undefined,
  logger?: Logger,
): Promise<void> {
  if (oddities === undefined || oddities.length === 0) return;
  const named = oddities.slice(0, MOST_NAMED);
  const rest = oddities.length - named.length;
  const message =
    `An answer of Тройка Бизнес to ${method} has fields that are not of the form agreed on: ${named.join('; ')}` +
    `${rest === 0 ? '' : `; and ${rest} more`}. Everything else in it was used. Ask Тройка Бизнес whether its API has ` +
    'changed; the same is reported again after an hour at the earliest.';
  // Which entry of a list it was makes no other oddity of it.
  const like = [...new Set(named.map((oddity) => oddity.replaceAll(/\/\d+/g, '/*')))].sort().join('; ');
  const details = { method, fields: named, count: oddities.length, like: `${method}: ${like}` };
  try {
    await pool.query({ ...NOTE, values: [message, JSON.stringify(details)] });
  } catch (error) {
    logger?.warn({ method, error: describeError(error) }, 'an odd answer of the partner was not reported');
  }
}
