import { queryOnce } from '../harness/databases.js';
import { CREDENTIALS, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import type { ListAnswer, ListJob } from '../load/list-process.js';
import { seedMembers } from '../seed-members.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const PHONES = 1_000_000;
const READERS = 10;
/** As beside an import: ten connections, each with a rest in between. */
const SEARCHES = { connections: 10, restMs: 20, warmUpMs: 1_000, measureMs: 6_000 } as const;

/**
 * How long a search waits while the same process writes the list of a million special phones to ten callers at once,
 * against the same search with nothing else to do. The figure is how many searches one after the other would be answered
 * in a second if each took as long as the slowest in a hundred.
 */
export const specialPhones: Row = {
  name: 'special-phones',
  needsRedis: false,
  rivals: [{ name: 'idle', goal: 0.5 }],
  rounds: 5,
  prepare,
};

async function prepare({
  databases,
  programs,
  pump,
}: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const url = await databases.create('special-phones');
  const gateway = await programs.serve('vestibule', GATEWAY, gatewayEnv('loyalty', url), 'PUBLIC_PORT');
  await queryOnce(
    url,
    `insert into special_phones (phone) select '7901' || lpad(n::text, 7, '0') from generate_series(1, $1) n`,
    [PHONES],
  );
  await seedMembers(url);
  const lists = programs.start('lists', 'src/load/list-process.js');
  const search = async (): Promise<Measurement> => {
    const { p50Ms, p99Ms, total } = await pump.run('vestibule', {
      workload: 'card-search',
      port: gateway.port,
      ...SEARCHES,
    });
    return { perSecond: 1_000 / p99Ms, details: { p50Ms, p99Ms, total } };
  };
  const searchBesideLists = async (): Promise<Measurement> => {
    const answer = lists.message<ListAnswer>();
    const credentials = `${CREDENTIALS.login}:${CREDENTIALS.password}`;
    lists.child.send({ port: gateway.port, credentials, readers: READERS, phones: PHONES } satisfies ListJob);
    const measurement = await search();
    lists.child.send('end');
    const result = await answer;
    if ('error' in result) throw new Error(result.error);
    return { ...measurement, details: { ...measurement.details, lists: result.lists } };
  };
  return { [VESTIBULE]: searchBesideLists, idle: search };
}
