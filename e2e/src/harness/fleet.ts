import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type GatewayProcess } from './gateway-process.js';

/** Gateway processes of one company, each with its own disk that outlives it. */
export interface Fleet {
  /** The process that takes orders and answers operators; started. */
  readonly api: GatewayProcess;
  readonly processes: readonly GatewayProcess[];
  /** The folder of the process at an index. */
  readonly disks: readonly string[];
  /** Starts all processes on the disks they had. */
  start(): Promise<void>;
  /** Ends all processes: SIGTERM unless given. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends all and removes their disks. */
  remove(): Promise<void>;
}

/** How a company runs the gateway: the roles of each process. The first one takes orders. */
export const DEPLOYMENTS = [
  { deployment: 'one process', roles: ['orders,worker,admin'] },
  { deployment: 'two workers', roles: ['orders,admin', 'worker', 'worker'] },
] as const;

/** Makes the disks and starts a process for each entry of `roles`. */
export async function startFleet(
  roles: readonly string[],
  env: Readonly<Record<string, string>>,
  /** `false`: the disks are made, and nothing runs until `start`. */
  { running = true } = {},
): Promise<Fleet> {
  const disks = await Promise.all(roles.map(() => makeDisk()));
  let processes: GatewayProcess[] = [];
  const fleet: Fleet = {
    get api() {
      const [first] = processes;
      if (first === undefined) throw new Error('the fleet is not running');
      return first;
    },
    get processes() {
      return processes;
    },
    disks,
    start: async () => {
      processes = await Promise.all(
        roles.map((role, index) => {
          const disk = disks[index] ?? '';
          return startGateway({ ...env, ROLES: role, DATA_DIR: disk, SEND_JOURNAL_DIR: join(disk, 'send-journal') });
        }),
      );
    },
    stop: async (signal) => {
      await Promise.all(processes.map((process) => process.stop(signal)));
    },
    remove: async () => {
      await fleet.stop('SIGKILL');
      await Promise.all(disks.map((disk) => rm(disk, { recursive: true, force: true })));
    },
  };
  if (running) await fleet.start();
  return fleet;
}

async function makeDisk(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-disk-'));
  await chmod(folder, 0o755);
  return folder;
}
