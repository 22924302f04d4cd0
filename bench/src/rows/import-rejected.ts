import { queryOnce } from '../harness/databases.js';
import { ADMIN_KEY } from '../harness/gateway.js';
import type { ImportAnswer, ImportJob } from '../load/import-process.js';
import type { Environment, Row } from './row.js';
import { searchBeside, type Disturb, type Disturbed } from './search-beside.js';

const LINES = 150_000;

/** A file of 150,000 lines is imported, which are all rejected. */
export const importRejected: Row = searchBeside({
  name: 'import-rejected',
  goal: 0.5,
  roles: 'loyalty,admin',
  prepare,
});

function prepare({ programs }: Environment, { internalPort, url }: Disturbed): Promise<Disturb> {
  const importer = programs.start('importer', 'src/load/import-process.js');
  return Promise.resolve(() => {
    const answer = importer.message<ImportAnswer>();
    importer.child.send({ port: internalPort, apiKey: ADMIN_KEY.secret, lines: LINES } satisfies ImportJob);
    return Promise.resolve(async () => {
      importer.child.send('end');
      const result = await answer;
      if ('error' in result) throw new Error(result.error);
      const [rejected] = await queryOnce<{ cards: string }>(
        url,
        "select count(*) as cards from cards where number like '290000%' and holder_msisdn like '79170%'",
      );
      if (rejected?.cards !== '0') throw new Error(`${rejected?.cards} rejected lines became cards`);
      return { imports: result.imports };
    });
  });
}
