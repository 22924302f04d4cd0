import { queryOnce } from '../harness/databases.js';
import { CREDENTIALS } from '../harness/gateway.js';
import type { ListAnswer, ListJob } from '../load/list-process.js';
import type { Environment, Row } from './row.js';
import { searchBeside, type Disturb, type Disturbed } from './search-beside.js';

const PHONES = 1_000_000;
const READERS = 10;

/** A million special phones are written to ten callers at once. */
export const specialPhones: Row = searchBeside({ name: 'special-phones', goal: 0.5, roles: 'loyalty', prepare });

async function prepare({ programs }: Environment, { gateway, url }: Disturbed): Promise<Disturb> {
  await queryOnce(
    url,
    `insert into special_phones (phone) select '7901' || lpad(n::text, 7, '0') from generate_series(1, $1) n`,
    [PHONES],
  );
  const lists = programs.start('lists', 'src/load/list-process.js');
  const credentials = `${CREDENTIALS.login}:${CREDENTIALS.password}`;
  return () => {
    const answer = lists.message<ListAnswer>();
    lists.child.send({ port: gateway.port, credentials, readers: READERS, phones: PHONES } satisfies ListJob);
    return Promise.resolve(async () => {
      lists.child.send('end');
      const result = await answer;
      if ('error' in result) throw new Error(result.error);
      return { lists: result.lists };
    });
  };
}
