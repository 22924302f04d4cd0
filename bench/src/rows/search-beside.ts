import { freePort } from '@vestibule/gateway/embedded-postgres';
import type { Contestant } from '../harness/contestant.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { seedMembers } from '../seed-members.js';
import { measureSearchLatency } from './search-latency.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

/** Gives the gateway something else to do; what it gives ends that, and says what came of it. */
export type Disturb = () => Promise<() => Promise<Measurement['details']>>;

export interface Disturbed {
  /** With its public port. */
  readonly gateway: Contestant;
  readonly internalPort: number;
  /** Of its database, which has the members. */
  readonly url: string;
}

interface Options {
  readonly name: string;
  /** How much of its speed a search is to keep. */
  readonly goal: number;
  readonly roles: string;
  readonly prepare: (environment: Environment, disturbed: Disturbed) => Promise<Disturb>;
}

/** A row for how long a search waits while the same process does something else, against the same search with nothing else to do. */
export function searchBeside({ name, goal, roles, prepare }: Options): Row {
  return {
    name,
    needsRedis: false,
    rivals: [{ name: 'idle', goal }],
    rounds: 5,
    prepare: async (environment) => {
      const { databases, programs, pump } = environment;
      const url = await databases.create(name);
      const internalPort = await freePort();
      const env = { ...gatewayEnv(roles, url), INTERNAL_PORT: String(internalPort) };
      const gateway = await programs.serve('vestibule', GATEWAY, env, 'PUBLIC_PORT');
      await seedMembers(url);
      const disturb = await prepare(environment, { gateway, internalPort, url });
      const search = (): Promise<Measurement> => measureSearchLatency(pump, gateway.port);
      const beside = async (): Promise<Measurement> => {
        const end = await disturb();
        const { perSecond, details } = await search();
        return { perSecond, details: { ...details, ...(await end()) } };
      };
      return { [VESTIBULE]: beside, idle: search };
    },
  };
}
