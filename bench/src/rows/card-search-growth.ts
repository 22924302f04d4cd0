import { queryOnce } from '../harness/databases.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { measureLookups } from '../load/bare-lookups.js';
import { load, toMeasurement } from './http-measurement.js';
import { VESTIBULE, type Measurement, type Row, type Environment } from './row.js';

/** The sizes that are compared, and what each is called as a contestant and as a load. */
const MILLION = { members: 1_000_000, name: VESTIBULE, bare: 'bare SQL', load: 'card-search-1m' } as const;
const THOUSAND = { members: 1_000, name: '1,000 members', bare: 'bare SQL, 1,000', load: 'card-search-1k' } as const;

/**
 * The same gateway over a million members, against itself over a thousand: searches by phone in random order, none
 * without a hit. The bare statement, one lookup after the other on one connection, shows what part of the
 * difference is the database's.
 */
export const cardSearchGrowth: Row = {
  name: 'card-search-growth',
  needsRedis: false,
  rivals: [{ name: THOUSAND.name, goal: 0.9 }],
  rounds: 15,
  prepare: async (environment: Environment) => {
    const { databases, programs } = environment;
    const server = await programs.serve(
      'vestibule',
      GATEWAY,
      gatewayEnv('loyalty', await databases.create('growth')),
      'PUBLIC_PORT',
    );
    await programs.stop(server); // It has made the tables.
    return { ...(await contestants(environment, MILLION)), ...(await contestants(environment, THOUSAND)) };
  },
};

async function contestants(
  { databases, programs, pump }: Environment,
  { members, name, bare, load: workload }: typeof MILLION | typeof THOUSAND,
): Promise<Record<string, () => Promise<Measurement>>> {
  const url = await databases.create(`growth-${members}`, 'growth');
  await seed(url, members);
  const server = await programs.serve(`vestibule-${members}`, GATEWAY, gatewayEnv('loyalty', url), 'PUBLIC_PORT');
  return {
    [name]: async () => toMeasurement(await load(pump, name, server, workload)),
    [bare]: () => measureLookups(url, members),
  };
}

/** The members of `memberAt`, made by the database itself, which takes seconds for a million. */
async function seed(url: string, members: number): Promise<void> {
  await queryOnce(
    url,
    `insert into members (msisdn, email, birth_date)
     select '7900' || lpad(n::text, 7, '0'), 'member-' || lpad(n::text, 7, '0') || '@example.com',
            make_date(1950 + n % 50, 1 + n % 9, 10 + n % 19)
       from generate_series(0, $1::integer - 1) as n`,
    [members],
  );
  // The check digit of an EAN-13: of its twelve digits every other one, from the second on, weighs three.
  await queryOnce(
    url,
    `insert into cards (number, member_id, barcode, barcode_type)
     select number, id, number, 'EAN_13'
       from (select id, body || (10 - weighed % 10) % 10 as number
               from (select id, body,
                            (select sum(substr(body, at, 1)::integer * (1 + 2 * ((at + 1) % 2)))
                               from generate_series(1, 12) as at) as weighed
                       from (select id, '29000' || substr(msisdn, 5) as body from members) as m) as w) as c`,
  );
  await queryOnce(url, 'vacuum analyze');
}
