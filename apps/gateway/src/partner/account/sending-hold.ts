import type pg from 'pg';
import { statement } from '../../storage/statement.js';

/** Whether orders wait because the guarantee fund is under its floor. Amounts in roubles, exact. */
export interface SendingHold {
  readonly held: boolean;
  readonly since: Date | null;
  readonly floor: string | null;
  /** The last reading minus later confirmed orders; null before the first one. */
  readonly amountLeft: string | null;
}

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
