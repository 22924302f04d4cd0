import type { Contestant } from '../harness/contestant.js';
import { ADMIN_KEY, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { seedOrders } from '../seed-orders.js';
import { median } from '../statistics.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

/** What pages of the console ask for. */
const OVERVIEW = ['/admin/sending', '/admin/order-counts', '/admin/events?limit=10', '/admin/overview?hours=6'];
const LISTS = {
  all: {},
  unknown: { status: ['unknown'] },
  unknownForReason: { status: ['unknown'], reason: 'timeout' },
  ofKey: { key: 'shop-1' },
  ofKeyAndStatus: { key: 'shop-1', status: ['failed', 'rejected'] },
  ofReference: { reference: 'order-7' },
  ofPhone: { phone: '+79160000007' },
} as const;
const PAGE = 200;
const LOOKS = 20;
const MOST_MS = 300;
const MOST_FIRST_LOAD_MS = 1_500;

/**
 * The pages of the console over a million orders, against the same pages over 30,000: the overview and filtered lists, one look
 * after the other, as a person looks. Looks of 300 ms in the median, or a first load of 1.5 s, end the run.
 */
export const consoleGrowth: Row = {
  name: 'console-growth',
  needsRedis: false,
  rivals: [{ name: '30,000 orders', goal: 0.4 }],
  rounds: 5,
  prepare: async (environment: Environment) => {
    const { databases, programs } = environment;
    const server = await programs.serve(
      'console',
      GATEWAY,
      gatewayEnv('admin', await databases.create('console')),
      'INTERNAL_PORT',
    );
    await programs.stop(server); // It has made the tables.
    const contestant = async (orders: number): Promise<() => Promise<Measurement>> => {
      const url = await databases.create(`console-${orders}`, 'console');
      await seedOrders(url, orders);
      const started = await programs.serve(`console-${orders}`, GATEWAY, gatewayEnv('admin', url), 'INTERNAL_PORT');
      return () => lookAround(started);
    };
    return { [VESTIBULE]: await contestant(1_000_000), '30,000 orders': await contestant(30_000) };
  },
};

/** The figure: how often in a second a person could look at every page. */
async function lookAround({ port }: Contestant): Promise<Measurement> {
  const firstLoadMs = await timed(() => firstLoad(port));
  if (firstLoadMs > MOST_FIRST_LOAD_MS) throw new Error(`the first load took ${firstLoadMs} ms`);
  const looks: Record<string, () => Promise<unknown>> = {
    overview: () => Promise.all(OVERVIEW.map((path) => ask(port, path))),
    ...Object.fromEntries(
      Object.entries(LISTS).map(([name, filter]) => [
        name,
        () => ask(port, '/admin/orders/search', { ...filter, limit: PAGE }),
      ]),
    ),
  };
  const details: Record<string, number> = { firstLoadMs };
  let sumMs = 0;
  for (const [name, look] of Object.entries(looks)) {
    const times: number[] = [];
    for (let count = 0; count < LOOKS; count += 1) times.push(await timed(look));
    const usualMs = median(times);
    if (usualMs > MOST_MS) throw new Error(`a look at "${name}" takes ${usualMs} ms`);
    details[`${name}P50Ms`] = usualMs;
    details[`${name}MaxMs`] = Math.max(...times);
    sumMs += usualMs;
  }
  return { perSecond: 1_000 / sumMs, details };
}

/** The page's files, who is there, and the overview: all that comes before something is seen, without the drawing. */
async function firstLoad(port: number): Promise<void> {
  const page = await (await fetch(`http://127.0.0.1:${port}/console`)).text();
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  await Promise.all(files.map(async (path) => await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer()));
  await ask(port, '/admin/whoami');
  await Promise.all(OVERVIEW.map((path) => ask(port, path)));
}

async function ask(port: number, path: string, body?: object): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN_KEY.secret}`, 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
  await answer.arrayBuffer();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
