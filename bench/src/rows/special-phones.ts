import { queryOnce } from '../harness/databases.js';
import { CREDENTIALS, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import type { ListAnswer, ListJob } from '../load/list-process.js';
import { seedMembers } from '../seed-members.js';
import { measureSearchLatency } from './search-latency.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const PHONES = 1_000_000;
const READERS = 10;

/**
 * How long a search waits while the same process writes the list of a million special phones to ten callers at once,
 * against the same search with nothing else to do.
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
  const search = (): Promise<Measurement> => measureSearchLatency(pump, gateway.port);
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
