import { queryOnce } from '../harness/databases.js';
import { CREDENTIALS, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { memberAt, MEMBERS } from '../members.js';
import { load, toMeasurement } from './http-measurement.js';
import { VESTIBULE, type Row, type Environment } from './row.js';

/** `GET /v1/card?msisdn=…` over ten thousand members, one in ten searches without a hit. */
export const cardSearch: Row = {
  name: 'card-search',
  needsRedis: false,
  rivals: [
    { name: 'hand-written', goal: 0.7 },
    { name: 'usual', goal: 3 },
  ],
  rounds: 5,
  prepare: async ({ databases, programs, pump }: Environment) => {
    const url = await databases.create('card');
    const server = await programs.serve('vestibule', GATEWAY, gatewayEnv('loyalty', url), 'PUBLIC_PORT');
    await programs.stop(server); // It has made the tables.
    await seed(url);

    const rivalEnv = async (name: string): Promise<Record<string, string>> => ({
      DATABASE_URL: await databases.create(name, 'card'),
      CREDENTIALS: `${CREDENTIALS.login}:${CREDENTIALS.password}`,
    });
    const gatewayUrl = await databases.create('card-vestibule', 'card');
    const contestants = {
      [VESTIBULE]: await programs.serve('vestibule', GATEWAY, gatewayEnv('loyalty', gatewayUrl), 'PUBLIC_PORT'),
      'hand-written': await programs.serve(
        'hand-written',
        'rivals/hand-written/card-search.js',
        await rivalEnv('card-hand-written'),
      ),
      usual: await programs.serve('usual', 'rivals/usual/card-search/main.js', await rivalEnv('card-usual')),
    };
    return Object.fromEntries(
      Object.entries(contestants).map(([name, contestant]) => [
        name,
        async () => toMeasurement(await load(pump, name, contestant, 'card-search')),
      ]),
    );
  },
};

async function seed(url: string): Promise<void> {
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
