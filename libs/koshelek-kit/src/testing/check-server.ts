import { runChecks, type CheckResult } from '../run-checks.js';
import type { KnownData } from '../scenario.js';
import type { Target } from '../wallet.js';
import { LOGIN, PASSWORD, startReferenceServer, type ReferenceServer } from './reference-server.js';

/** The one holder whose card is blocked. */
export const BLOCKED_PHONE = '70000000001';

/** Starts servers for a test, each with a blocked card, and stops them all. */
export function startServers() {
  const servers: ReferenceServer[] = [];
  return {
    start: async (...options: Parameters<typeof startReferenceServer>): Promise<ReferenceServer> => {
      const server = await startReferenceServer(...options);
      servers.push(server);
      const { programme } = server;
      programme.issue(programme.newNumber(), { phone: BLOCKED_PHONE, locality: 'blocked' });
      return server;
    },
    stopAll: async (): Promise<void> => {
      for (const server of servers.splice(0)) await server.close();
    },
  };
}

interface Options {
  readonly known?: KnownData;
  readonly target?: Partial<Target>;
}

/** Runs every check against a server. */
export async function checkServer(
  { url }: ReferenceServer,
  { known = {}, target = {} }: Options = {},
): Promise<readonly CheckResult[]> {
  const usual = {
    baseUrl: new URL(url),
    login: LOGIN,
    password: PASSWORD,
    apiVersion: '1.3.0',
    timeoutMs: 5_000,
  } as const;
  const run = await runChecks({ ...usual, ...target }, { known: { blockedPhone: BLOCKED_PHONE, ...known } });
  return run.results;
}

/** The ids of the checks with this result. */
export function idsOf(results: readonly CheckResult[], outcome: CheckResult['finding']['outcome']): string[] {
  return results.filter(({ finding }) => finding.outcome === outcome).map(({ row }) => row.id);
}
