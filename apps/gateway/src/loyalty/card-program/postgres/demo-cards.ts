import type { Pool } from 'pg';
import { ColumnArrays } from '../../../storage/column-arrays.js';

/** Members of an invented shop, for `npm start`. The barcodes are valid EAN-13. */
const DEMO_MEMBERS = [
  {
    msisdn: '79161234567',
    email: 'anna@example.com',
    birthDate: '1990-04-12',
    number: '2000000000015',
    state: 'active',
  },
  {
    msisdn: '79031112233',
    email: 'boris@example.com',
    birthDate: '1985-11-30',
    number: '2000000000022',
    state: 'active',
  },
  {
    msisdn: '79265554433',
    email: 'vera@example.com',
    birthDate: '2001-02-28',
    number: '2000000000039',
    state: 'inactive',
  },
  {
    msisdn: '79857778899',
    email: 'gleb@example.com',
    birthDate: '1979-07-07',
    number: '2000000000046',
    state: 'blocked',
  },
] as const;

const GIVEN = new ColumnArrays<(typeof DEMO_MEMBERS)[number]>({
  msisdn: ['text', ({ msisdn }) => msisdn],
  email: ['text', ({ email }) => email],
  birth_date: ['date', ({ birthDate }) => birthDate],
  number: ['text', ({ number }) => number],
  state: ['text', ({ state }) => state],
});

/** Puts the demo members and cards into the programme; those already there stay as they are. */
export async function loadDemoCards(pool: Pool): Promise<void> {
  await pool.query(
    `with given as (
       select * from ${GIVEN.rowsAs('g')}
     ), member as (
       insert into members (msisdn, email, birth_date) select msisdn, email, birth_date from given
       on conflict do nothing returning id, msisdn
     )
     insert into cards (number, member_id, state, barcode, barcode_type)
     select g.number, member.id, g.state, g.number, 'EAN_13' from given g join member using (msisdn)
     on conflict do nothing`,
    GIVEN.of(DEMO_MEMBERS),
  );
}
