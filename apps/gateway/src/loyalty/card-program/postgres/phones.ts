import type { PhoneWithParams } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { ListPhonesExtendedOutcome, ListPhonesOutcome } from '../card-program.js';
import { done } from '../outcome.js';

const LIST = `
select p.phone,
       coalesce(json_agg(json_build_object('name', v.name, 'value', v.value) order by v.position)
         filter (where v.phone is not null), '[]') as params
  from special_phones p left join special_phone_params v using (phone)
 group by p.phone order by p.phone`;

/** The phones with special terms, in order. */
export async function listPhones(pool: Pool): Promise<ListPhonesOutcome> {
  const { rows } = await pool.query<{ phone: string }>('select phone from special_phones order by phone');
  return done(rows.map(({ phone }) => phone));
}

/** The same phones, with the parameters of their terms. */
export async function listPhonesExtended(pool: Pool): Promise<ListPhonesExtendedOutcome> {
  const { rows } = await pool.query<PhoneWithParams>(LIST);
  return done(rows);
}
