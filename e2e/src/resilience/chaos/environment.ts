import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedis } from '../../../servers/redis-server.mjs';
import { startPgBouncer } from '../../harness/pgbouncer.js';
import { startTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.js';
import { startCallbackTargets, type CallbackTargets } from './callbacks.js';
import { startKillablePostgres, type KillablePostgres } from './killable-postgres.js';
import type { ChaosOptions } from './options.js';
import { mountSmallDisk, type SmallDisk } from './small-disk.js';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.js';
import { ProcessGroup } from './process-group.js';
import { startRewindablePostgres, type RewindablePostgres } from './rewindable-postgres.js';

const FAULT_RATE = 0.2;
/** Room for all processes, or few sessions for many; and no long pause when PostgreSQL is away for a moment. */
const POOLER_SETTINGS = {
  session: { default_pool_size: '180', server_login_retry: '1' },
  transaction: { default_pool_size: '10', server_login_retry: '1' },
} as const;
const GATEWAYS = 2;
const WORKERS = 3;
/** How long after its time limit an attempt is given up by others. */
export const LEASE_MARGIN_MS = 6_000;
const CONCURRENCY = 16;
const UNKNOWN_LIMIT = 3;
/** How many orders may be in progress, or be tried before sending pauses, when the partner begins to fail. */
export const MOST_ON_THE_WIRE = WORKERS * CONCURRENCY + UNKNOWN_LIMIT;
const PROBE_PAUSE_SECS = 0.5;
/** A pause is a fifth shorter at the least. */
export const PROBE_PAUSE_MS = 800 * PROBE_PAUSE_SECS;

/** Everything a run consists of. */
export interface Environment {
  readonly sandbox: SandboxProcess;
  /** In front of the stand-in, which must continue while it is unreachable: its book is the evidence. */
  readonly partnerLine: TcpProxy;
  readonly postgres: KillablePostgres;
  /** The same, where it can go back in time. */
  readonly rewindable: RewindablePostgres | undefined;
  readonly redis: { restart(downMs: number): Promise<void>; stop(): Promise<void>; url: string } | undefined;
  readonly callbacks: CallbackTargets;
  /** Where the send journals are; undefined where we may not mount a disk of our own. */
  readonly disk: SmallDisk | undefined;
  readonly gateways: ProcessGroup;
  readonly workers: ProcessGroup;
}

/** Starts everything; `stops` says how to end it, also when this fails. */
export async function setUpEnvironment(options: ChaosOptions, stops: (() => Promise<unknown>)[]): Promise<Environment> {
  const { seed, queue, timeoutMs, logFolder, rewind } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-chaos-'));
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const rewindable =
    rewind === undefined ? undefined : await startRewindablePostgres({ withReplica: rewind === 'failover' }, stops);
  const postgres: KillablePostgres = rewindable ?? (await startKillablePostgres(folder));
  stops.push(() => postgres.stop());
  const sandbox = await startSandboxProcess({ rate: FAULT_RATE, seed });
  stops.push(() => sandbox.stop());
  const partnerLine = await startTcpProxy(sandbox.url);
  stops.push(() => partnerLine.cut());
  const redis = queue === 'redis' ? await startKillableRedis() : undefined;
  if (redis !== undefined) stops.push(() => redis.stop());
  const callbacks = await startCallbackTargets();
  stops.push(() => callbacks.stop());
  const disk = await mountSmallDisk(join(folder, 'disk'));
  if (disk !== undefined) stops.push(() => disk.unmount());
  const { pooler: mode } = options;
  const pooler = mode && (await startPgBouncer(postgres.url, mode, POOLER_SETTINGS[mode]));
  if (pooler !== undefined) stops.push(() => pooler.stop());
  const env = {
    ...callbacks.env,
    DATABASE_URL: pooler?.url ?? postgres.url,
    ...(mode === 'transaction' ? { DATABASE_DIRECT_URL: postgres.url } : {}),
    SEND_JOURNAL_DIR: join(disk?.folder ?? folder, 'send-journal'),
    TROIKA_URL: partnerLine.url,
    TROIKA_BREAKER_PAUSE_SECS: `${PROBE_PAUSE_SECS},1`,
    TROIKA_UNKNOWN_LIMIT: String(UNKNOWN_LIMIT),
    TROIKA_CONCURRENCY: String(CONCURRENCY),
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_TIMEOUT_MS: String(timeoutMs),
    TROIKA_RETRY_SCHEDULE_SECS: '0.2,0.5,1,1,2,2,2,5,5,5',
    TROIKA_LEASE_MARGIN_MS: String(LEASE_MARGIN_MS),
    SWEEP_GRACE_MS: '1000',
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  const gateways = new ProcessGroup('orders', GATEWAYS, env, logFolder);
  const workers = new ProcessGroup('worker', WORKERS, env, logFolder);
  for (const group of [gateways, workers]) {
    await group.start();
    stops.push(() => group.stop());
  }
  return { sandbox, partnerLine, postgres, rewindable, redis, callbacks, disk, gateways, workers };
}

/** A Redis that loses everything whenever it is killed. */
async function startKillableRedis() {
  let server = await startRedis();
  const { port, url } = server;
  return {
    url,
    restart: async (downMs: number) => {
      await server.stop('SIGKILL');
      await delay(downMs);
      server = await startRedis(port);
    },
    stop: () => server.stop(),
  };
}
