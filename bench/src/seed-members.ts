import { queryOnce } from './harness/databases.js';
import { memberAt, MEMBERS } from './members.js';

/** Fills a database that has the tables with the members whom the searches look for. */
export async function seedMembers(url: string): Promise<void> {
  const members = Array.from({ length: MEMBERS }, (_, place) => memberAt(place));
  await queryOnce(
    url,
    `with given as (
       select * from unnest($1::text[], $2::text[], $3::date[], $4::text[]) as g (msisdn, email, birth_date, number)
     ), member as (
       insert into members (msisdn, email, birth_date) select msisdn, email, birth_date from given returning id, msisdn
     )
     insert into cards (number, member_id, barcode, barcode_type)
     select given.number, member.id, given.number, 'EAN_13' from given join member using (msisdn)`,
    [
      members.map(({ msisdn }) => msisdn),
      members.map(({ email }) => email),
      members.map(({ birthDate }) => birthDate),
      members.map(({ cardNumber }) => cardNumber),
    ],
  );
  await queryOnce(url, 'vacuum analyze');
}
