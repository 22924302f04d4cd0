import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant, Program } from '../harness/contestant.js';
import { queryOnce } from '../harness/databases.js';
import { ADMIN_KEY, GATEWAY, gatewayEnv, ORDERS_KEY } from '../harness/gateway.js';
import type { ImportAnswer, ImportJob } from '../load/import-process.js';
import { median } from '../statistics.js';
import { delaysOf, postOrder } from './new-orders.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

/** Half of them at one host that hangs, half at names that no name server answers for. */
const HANGING = 200;
const ORDERS = 20;
const POST_EVERY_MS = 300;
const LINES = 150_000;
/** How much later than on an idle gateway the latest order may reach the partner. */
const MOST_LATER_MS = 1_000;
/** A callback that has failed is tried again at once, all the time. */
const SCHEDULE = Array.from({ length: 1_000 }, () => '0.1').join(',');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const LIMIT_MS = 30_000;

/**
 * How long a new order takes to the partner while its process has 200 callbacks to receivers that hang, a name server that
 * is silent, and an import to do; against a process that has nothing else to do.
 */
export const orderBesideCallbacks: Row = {
  name: 'order-beside-callbacks',
  needsRedis: false,
  rivals: [{ name: 'idle', goal: 0.4 }],
  rounds: 5,
  prepare,
};

async function prepare({ databases, programs }: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const partner = await programs.serve('tracking-partner', 'src/tracking-partner.js', {});
  const hanging = await programs.serve('hanging-receivers', 'src/hanging-receivers.js', {});
  const start = async (name: string): Promise<{ url: string; gateway: Contestant }> => {
    const url = await databases.create(name);
    const env = {
      ...gatewayEnv('loyalty,orders,worker,admin', url),
      // A name: a connection to the partner takes a look-up.
      TROIKA_URL: `http://localhost:${partner.port}/`,
      TROIKA_RATE_PER_SECOND: '200',
      CALLBACK_SECRETS: `${ORDERS_KEY.name}:${SECRET}`,
      CALLBACK_ALLOWED_NETWORKS: '127.0.0.0/8',
      CALLBACK_DNS_SERVERS: `127.0.0.1:${hanging.port}`,
      CALLBACK_SCHEDULE_SECS: SCHEDULE,
    };
    return { url, gateway: await programs.serve(name, GATEWAY, env, 'INTERNAL_PORT') };
  };
  const idle = await start('idle');
  const busy = await start('vestibule');
  const importer = programs.start('importer', 'src/load/import-process.js');
  await hang(busy.gateway, hanging.port, busy.url);
  let turn = 0;
  let idleSlowestMs = 0;
  return {
    idle: async () => {
      const delays = await timeOrders(idle.gateway, partner, `1${(turn += 1)}`);
      idleSlowestMs = Math.max(...delays);
      return figureOf(delays, {});
    },
    [VESTIBULE]: async () => {
      const [underWay] = await queryOnce<{ count: number }>(busy.url, UNDER_WAY);
      const { result: delays, imports } = await besideImports(importer, busy.gateway, () =>
        timeOrders(busy.gateway, partner, `2${turn}`),
      );
      const laterMs = Math.max(...delays) - idleSlowestMs;
      if (laterMs > MOST_LATER_MS) throw new Error(`an order was sent ${laterMs} ms later than on an idle gateway`);
      return figureOf(delays, { laterMs, imports, hangingCalls: underWay?.count ?? 0 });
    },
  };
}

const UNDER_WAY = `select count(*)::int as count from callback_deliveries where claim_id is not null and due_at > now()`;

/** Orders whose callbacks hang from now on. */
async function hang(gateway: Contestant, port: number, databaseUrl: string): Promise<void> {
  for (let index = 0; index < HANGING; index += 1) {
    const host = index % 2 === 0 ? '127.0.0.1' : `hooks-${index}.example.com`;
    await postOrder(gateway, `9${String(index).padStart(9, '0')}`, `https://${host}:${port}/hook?order=${index}`);
  }
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const [underWay] = await queryOnce<{ count: number }>(databaseUrl, UNDER_WAY);
    if ((underWay?.count ?? 0) > 0) return;
    if (Date.now() > deadline) throw new Error('no callback hangs');
    await delay(100);
  }
}

/** Posts orders one after the other, with pauses; gives how long each took to the partner. */
async function timeOrders(gateway: Contestant, partner: Contestant, prefix: string): Promise<number[]> {
  const posted = new Map<string, number>();
  for (let index = 0; index < ORDERS; index += 1) {
    await delay(POST_EVERY_MS * (0.75 + 0.5 * Math.random()));
    const card = prefix.padEnd(6, '0') + String(index).padStart(4, '0');
    posted.set(card, Date.now());
    await postOrder(gateway, card);
  }
  return await delaysOf(partner, posted);
}

async function besideImports<T>(
  importer: Program,
  { port }: Contestant,
  work: () => Promise<T>,
): Promise<{ result: T; imports: number }> {
  const answer = importer.message<ImportAnswer>();
  importer.child.send({ port, apiKey: ADMIN_KEY.secret, lines: LINES } satisfies ImportJob);
  const result = await work();
  importer.child.send('end');
  const ended = await answer;
  if ('error' in ended) throw new Error(ended.error);
  return { result, imports: ended.imports };
}

/** The figure: how many orders one after the other would reach the partner in a second. */
function figureOf(delays: readonly number[], details: Record<string, number>): Measurement {
  const sentP50Ms = median(delays);
  return { perSecond: 1_000 / sentP50Ms, details: { ...details, sentP50Ms, sentMaxMs: Math.max(...delays) } };
}
