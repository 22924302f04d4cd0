import type { PhoneWithParams } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { ListPhonesExtendedOutcome, ListPhonesOutcome } from '../card-program.js';
import { done } from '../outcome.js';
import { BATCH_SIZE, readBatches, readOne } from './batches.js';
import { statement } from '../../../storage/statement.js';

const LIST = statement('list-phones')`
select phone from special_phones where phone > $1 order by phone limit ${BATCH_SIZE}`;

const LIST_EXTENDED = statement('list-phones-extended')`
select p.phone,
       coalesce((select json_agg(json_build_object('name', v.name, 'value', v.value) order by v.position)
                   from special_phone_params v where v.phone = p.phone), '[]') as params
  from (${LIST.text}) p order by p.phone`;

/** The phones with special terms, in order. */
export async function listPhones(pool: Pool): Promise<ListPhonesOutcome> {
  const next = async (after: string): Promise<string[]> => {
    const { rows } = await pool.query<{ phone: string }>({ ...LIST, values: [after] });
    return rows.map(({ phone }) => phone);
  };
  return done(readBatches(await readOne(() => next('')), next));
}

/** The same phones, with the parameters of their terms. */
export async function listPhonesExtended(pool: Pool): Promise<ListPhonesExtendedOutcome> {
  const next = async (after: string): Promise<PhoneWithParams[]> => {
    return (await pool.query<PhoneWithParams>({ ...LIST_EXTENDED, values: [after] })).rows;
  };
  return done(readBatches(await readOne(() => next('')), ({ phone }) => next(phone)));
}
