import type { Channels } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { SetChannelsOutcome } from '../card-program.js';
import { DONE, refused } from '../outcome.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** A channel, and whether it is allowed. */
type Choice = readonly [channel: string, isAllowed: boolean];

const CHOICES = new ColumnArrays<Choice>(
  { channel: ['text', ([channel]) => channel], allowed: ['boolean', ([, isAllowed]) => isAllowed] },
  3,
);

const SET = statement('set-channels')`
with card as (
  select number from cards where number = $1 and erased_at is null
), changed as (
  insert into channel_consents (card_number, channel, allowed)
  select card.number, given.channel, given.allowed
    from card cross join ${CHOICES.rowsAs('given')}
   order by given.channel -- so that two calls at once lock the rows in one order and never wait for each other
  on conflict (card_number, channel) do update
    set allowed = excluded.allowed, updated_at = now()
    where channel_consents.allowed is distinct from excluded.allowed
  returning channel, allowed
), noted as (
  insert into channel_consent_history (card_number, channel, allowed, source)
  select $1, channel, allowed, $2 from changed
)
select number from card`;

/**
 * Stores what a holder allows and denies, and writes each change into the history that proves the consent. Repeating
 * the same call changes nothing and adds nothing.
 *
 * @param source the call that made the change, for the history
 */
export async function setChannels(
  pool: Pool,
  cardNumber: string,
  { allow, deny }: Channels,
  source: string,
): Promise<SetChannelsOutcome> {
  const choices = [
    ...allow.map((channel): Choice => [channel, true]),
    ...deny.map((channel): Choice => [channel, false]),
  ];
  const { rowCount } = await pool.query({
    ...SET,
    values: [cardNumber, source, ...CHOICES.of(choices)],
  });
  return rowCount === 0 ? refused('cardNotFound') : DONE;
}
