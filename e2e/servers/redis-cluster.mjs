import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { askRedis, untilRedis } from './redis-cli.mjs';
import { startRedis } from './redis-server.mjs';

const run = promisify(execFile);
const MASTERS = 3;
/** How soon a silent node is given up: a test waits for it. */
const NODE_TIMEOUT_MS = 1_500;
/** The nodes talk to each other on a port that is this much higher. */
const BUS_OFFSET = 10_000;
const HIGHEST_PORT = 65_535;
/** What everything in the queue begins with: one hash tag, so one slot. */
const QUEUE_PREFIX = '{vestibule}';

/** Starts a Redis Cluster of three masters with a replica each, on loopback. */
export async function startCluster() {
  const settings = [
    ...['--cluster-enabled', 'yes', '--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
    // A replica takes over even if it has had no contact with its master for long.
    ...['--cluster-replica-validity-factor', '0'],
  ];
  const nodes = [];
  for (let number = 0; number < MASTERS * 2; number += 1) nodes.push(await startRedis(await nodePort(), settings));
  await run('redis-cli', [
    ...['--cluster', 'create', ...nodes.map(({ port }) => `127.0.0.1:${port}`)],
    ...['--cluster-replicas', '1', '--cluster-yes'],
  ]);
  for (const { port } of nodes) {
    await untilRedis('the cluster is whole', port, ['cluster', 'info'], (said) => said.includes('cluster_state:ok'));
    await untilRedis('the replicas follow', port, ['role'], (said) => /^master\n\d+\n127|connected/.test(said));
  }
  const slot = Number(await askRedis(nodes[0].port, ['cluster', 'keyslot', QUEUE_PREFIX]));
  const ownerPort = ownerOf(await askRedis(nodes[0].port, ['cluster', 'nodes']), slot);
  const owner = nodes.find(({ port }) => port === ownerPort);
  const others = nodes.filter((node) => node !== owner);
  return {
    url: nodes.map(({ url }) => url).join(','),
    /** The master that has the queue. */
    master: owner,
    /** Waits until the replica of that master has the queue, and every other node knows. */
    untilPromoted: async () => {
      for (const { port } of others) {
        await untilRedis('the replica is promoted', port, ['cluster', 'nodes'], (said) => {
          const present = ownerOf(said, slot);
          return present !== undefined && present !== owner.port;
        });
      }
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
    },
  };
}

async function nodePort() {
  for (;;) {
    const port = await freePort();
    if (port + BUS_OFFSET <= HIGHEST_PORT) return port;
  }
}

/** Reads from the lines of CLUSTER NODES the port of the master that serves a slot. */
function ownerOf(lines, slot) {
  for (const line of lines.split('\n')) {
    const [, address = '', flags = '', , , , , , ...ranges] = line.split(' ');
    if (!/master/.test(flags) || /fail/.test(flags)) continue;
    const serves = ranges.some((range) => {
      const [first, last = first] = range.split('-').map(Number);
      return first <= slot && slot <= last;
    });
    if (serves) return Number(/:(\d+)@/.exec(address)?.[1]);
  }
  return undefined;
}
