import type pg from 'pg';
import { date } from '../../http/schema/formats.js';
import { flag, named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { statement } from '../../storage/statement.js';

export const SENDING_HOLD = named(
  'SendingHold',
  object(
    {
      held: flag('Orders wait for the fund.'),
      since: orNull(date('Since when.')),
      floor: orNull(text('The floor in roubles, exact; null without one.')),
      amountLeft: orNull(text('The last reading minus later confirmed orders; null before the first one.')),
    },
    { description: 'Whether orders wait because the guarantee fund is below its floor.' },
  ),
);
export type SendingHold = TypeOf<typeof SENDING_HOLD>;

const FIND = statement('find-sending-hold')`
select held, held_since as since, floor::text as floor, amount_left::text as "amountLeft" from sending_hold`;

/** The state of the floor of the fund. */
export async function findSendingHold(pool: pg.Pool): Promise<SendingHold> {
  const { rows } = await pool.query<SendingHold>(FIND);
  const [hold] = rows;
  if (hold === undefined) throw new Error('the row of sending_hold is missing');
  return hold;
}

const SET_FLOOR = statement('set-fund-floor')`
update sending_hold set floor = $1::numeric where floor is distinct from $1::numeric`;

/**
 * Sets the floor for all workers.
 * @param floor roubles; undefined: no floor
 */
export async function setFundFloor(pool: pg.Pool, floor: string | undefined): Promise<void> {
  await pool.query({ ...SET_FLOOR, values: [floor ?? null] });
}
