import { CREDENTIALS, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { seedMembers } from '../seed-members.js';
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
    await seedMembers(url);

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
