import { freePort } from '@vestibule/gateway/embedded-postgres';
import { queryOnce } from '../harness/databases.js';

import { ADMIN_KEY, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import type { ImportAnswer, ImportJob } from '../load/import-process.js';
import { seedMembers } from '../seed-members.js';
import { measureSearchLatency } from './search-latency.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const LINES = 150_000;

/**
 * How long a search waits while the same process imports a file of 150,000 lines that are all rejected, against the same
 * search with nothing else to do.
 */
export const importRejected: Row = {
  name: 'import-rejected',
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
  const url = await databases.create('import-rejected');
  const internalPort = await freePort();
  const env = { ...gatewayEnv('loyalty,admin', url), INTERNAL_PORT: String(internalPort) };
  const gateway = await programs.serve('vestibule', GATEWAY, env, 'PUBLIC_PORT');
  await seedMembers(url);
  const importer = programs.start('importer', 'src/load/import-process.js');
  const search = (): Promise<Measurement> => measureSearchLatency(pump, gateway.port);
  const searchBesideImports = async (): Promise<Measurement> => {
    const answer = importer.message<ImportAnswer>();
    importer.child.send({ port: internalPort, apiKey: ADMIN_KEY.secret, lines: LINES } satisfies ImportJob);
    const measurement = await search();
    importer.child.send('end');
    const result = await answer;
    if ('error' in result) throw new Error(result.error);
    const [rejected] = await queryOnce<{ cards: string }>(
      url,
      "select count(*) as cards from cards where number like '290000%' and holder_msisdn like '79170%'",
    );
    if (rejected?.cards !== '0') throw new Error(`${rejected?.cards} rejected lines became cards`);
    return { ...measurement, details: { ...measurement.details, imports: result.imports } };
  };
  return { [VESTIBULE]: searchBesideImports, idle: search };
}
