import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { askRedis, untilRedis } from './redis-cli.mjs';
import { runRedis, startRedis } from './redis-server.mjs';

const NAME = 'vestibule';
const SENTINELS = 3;
/** How soon a silent master is given up: a test waits for it. */
const DOWN_AFTER_MS = 1_000;
const FAILOVER_TIMEOUT_MS = 3_000;

/** Starts a master, a replica of it, and three Sentinels that watch both. */
export async function startSentinels() {
  const master = await startRedis();
  const replica = await startRedis(undefined, ['--replicaof', '127.0.0.1', String(master.port)]);
  await untilRedis('the replica follows', replica.port, ['role'], (role) => role.includes('connected'));
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-sentinel-'));
  const sentinels = [];
  for (let number = 1; number <= SENTINELS; number += 1) sentinels.push(await startSentinel(folder, master.port));
  for (const { port } of sentinels) {
    await untilRedis(
      'a Sentinel knows the others',
      port,
      ['sentinel', 'master', NAME],
      (said) => /num-slaves\n1\n/.test(said) && said.includes(`num-other-sentinels\n${SENTINELS - 1}\n`),
    );
  }
  return {
    url: `redis-sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    master,
    replica,
    sentinels,
    /** Waits until the replica is what the Sentinels call the master. */
    untilPromoted: async () => {
      await untilRedis('the replica is promoted', replica.port, ['role'], (role) => role.startsWith('master'));
      await untilRedis(
        'a Sentinel says so',
        sentinels.at(-1).port,
        ['sentinel', 'get-master-addr-by-name', NAME],
        (said) => said.includes(String(replica.port)),
      );
    },
    /** Disconnects the replica for some seconds: what the master stores meanwhile is lost with it. */
    cutReplica: async () => {
      await askRedis(replica.port, ['replicaof', '127.0.0.1', String(await freePort())]);
    },
    stop: async () => {
      await Promise.all(sentinels.map((sentinel) => sentinel.stop('SIGKILL')));
      await Promise.all([master.stop('SIGKILL'), replica.stop('SIGKILL')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startSentinel(folder, masterPort) {
  const port = await freePort();
  const file = join(folder, `${port}.conf`);
  await writeFile(
    file,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2`,
      `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
      `sentinel failover-timeout ${NAME} ${FAILOVER_TIMEOUT_MS}`,
    ].join('\n'),
  );
  const { child, stop } = await runRedis([file, '--sentinel'], 'Sentinel ID is');
  return { port, send: (signal) => child.kill(signal), stop };
}
