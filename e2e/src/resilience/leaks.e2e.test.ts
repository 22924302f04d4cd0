import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { readFileSync } from 'node:fs';
import { ask, notCreated, read } from '../harness/admin.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { makeCard } from '../harness/cards.js';
import { runGatewayToEnd, SECRETS } from '../harness/gateway-process.js';
import { queueChoices, unique } from '../harness/queues.js';
import { setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const PERSON = {
  phone: '+79031234567',
  email: 'anna.karenina@example.ru',
  firstname: 'Анна',
  surname: 'Каренина',
  name: 'Анна Аркадьевна',
} as const;
const ORDER = { ...SEED_ORDER, ...PERSON };
/** What a stranger tries: it may be somebody's own. */
const WRONG = { key: 'a-wrong-key-that-someone-typed', password: 'a-wrong-password-that-someone-typed' } as const;
const DATABASE_PASSWORD = 'a-password-of-the-database';

/** What members, orders and strangers leave, and what the operators are given, may be in the ledger and nowhere beside it. */
describe.each(queueChoices())('a whole day at LOG_LEVEL=trace, with the queue on $queue', (queue) => {
  const { gateway, database, sandbox, receiver, api } = withGateway({
    sandbox: true,
    receiver: true,
    env: { LOG_LEVEL: 'trace', TROIKA_RETRY_SCHEDULE_SECS: '600', ...queue.env() },
  });
  const hidden = new Set<string>();
  const said: string[] = [];

  const place = async (): Promise<string> => {
    const response = await postOrder(gateway, { body: { order: ORDER, callbackUrl: receiver.url, metadata: PERSON } });
    expect(response.status).toBe(202);
    return ((await response.json()) as OrderView).id;
  };
  /** All that an installation writes beside its ledger. */
  async function traces(): Promise<Readonly<Record<string, string>>> {
    const { rows } = await database.pool.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('information_schema', 'pg_catalog')
          and (table_schema <> 'public' or table_name in ('operator_events', 'alerts', 'loyalty_calls', 'api_keys', 'audit'))`,
    );
    const tables = await Promise.all(
      rows.map(async ({ name }): Promise<[string, string]> => {
        const found = await database.pool.query<{ text: string }>(`select t::text as text from ${name} t`);
        return [name, found.rows.map(({ text }) => text).join('\n')];
      }),
    );
    const metrics = await fetch(`${gateway.internalUrl}/admin/metrics`, {
      headers: { authorization: 'Bearer test-admin-key' },
    });
    return {
      ...Object.fromEntries(tables),
      log: gateway.log.map((line) => JSON.stringify(line)).join('\n'),
      'standard error': said.join(''),
      metrics: await metrics.text(),
      events: JSON.stringify((await read<unknown>(gateway, '/events')).body),
      redis: await everythingIn(queue.env()['REDIS_URL']),
      arguments: readFileSync(`/proc/${gateway.child.pid}/cmdline`, 'utf8'),
    };
  }

  it('leaves no secret, phone, e-mail or name in the log, metrics, events, queue, Redis, audit and arguments', async () => {
    gateway.child.stderr?.on('data', (text: string) => said.push(text));
    const card = await makeCard(database);
    expect((await api.get(`/card?msisdn=${card.phone}`)).status).toBe(200);
    expect((await api.get(`/card?email=${card.email}`)).status).toBeLessThan(500);

    await untilStatus(gateway, await place(), 'confirmed');
    await setFaults(sandbox, 'reset-after');
    const unknown = await place();
    await untilStatus(gateway, unknown, 'unknown');
    await setFaults(sandbox, 'throttle');
    const waiting = await place();
    await untilStatus(gateway, waiting, 'retrying');
    expect((await ask(gateway, `/orders/${unknown}/resolve`, notCreated('fail'))).status).toBe(200);
    await until('both are called back', async () => (receiver.calls.length >= 2 ? true : undefined));

    const made: { secret: string }[] = [];
    for (const [audience, more] of [
      ['orders', {}],
      ['admin', { role: 'viewer' }],
      ['callbacks', {}],
    ] as const) {
      const { body } = await ask<{ secret: string }>(gateway, '/keys', { audience, name: unique('made'), ...more });
      made.push(body);
    }
    expect((await call(gateway, 'GET', '/orders', { secret: made[0]?.secret ?? '' })).status).toBe(200);
    expect((await call(gateway, 'GET', '/orders', { secret: WRONG.key })).status).toBe(401);
    await fetch(`${gateway.publicUrl}/v1/card?msisdn=${card.phone}`, {
      headers: { authorization: `Basic ${btoa(`wallet:${WRONG.password}`)}` },
    });
    expect((await ask(gateway, '/orders/search', { phone: PERSON.phone })).status).toBeLessThan(500);
    expect((await ask(gateway, '/erasures', { phone: PERSON.phone, why: 'request 17' })).status).toBe(200);

    const settings = Object.entries(SECRETS)
      .filter(([name]) => !['TROIKA_BASIC_USER', 'TROIKA_TERMINAL_ID'].includes(name))
      .flatMap(([, value]) => value.split(',').map((pair) => pair.split(':').pop() ?? ''));
    const secrets = [...settings, ...made.map(({ secret }) => secret), ...Object.values(WRONG)];
    const people = [...Object.values(PERSON), PERSON.phone.slice(2), card.phone, card.email, 'Ростова'];
    for (const text of [...secrets, ...people]) hidden.add(text.toLowerCase());
    const jobs = queue.queue === 'redis' ? 'redis' : 'bullmq.job';
    // Where nothing is written, nothing is found either.
    const places = await until('the waiting order is in the queue', async () => {
      const written = await traces();
      return written[jobs]?.includes(waiting) === true ? written : undefined;
    });
    for (const where of ['log', 'public.audit']) expect(places[where]).toContain(unknown);
    const found = Object.entries(places).flatMap(([where, text]) =>
      [...hidden].filter((one) => text.toLowerCase().includes(one)).map((one) => `${where}: ${one}`),
    );
    expect(found).toEqual([]);
  });
});

it('a gateway that cannot start shows no secret', async () => {
  const url = `postgres://vestibule:${DATABASE_PASSWORD}@127.0.0.1:1/none`;
  const { code, said: crash } = await runGatewayToEnd({ DATABASE_URL: url, LOG_LEVEL: 'trace' });
  expect(code).not.toBe(0);
  expect(crash).not.toBe('');
  for (const one of [DATABASE_PASSWORD, 'test-admin-key', 'test-troika-password']) expect(crash).not.toContain(one);
});
/** Keys and values of every kind that BullMQ and we use. */
async function everythingIn(url: string | undefined): Promise<string> {
  if (url === undefined) return '';
  const redis = new Redis(url);
  const readers: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
    stream: (key) => redis.xrange(key, '-', '+'),
  };
  try {
    const keys = await redis.keys('*');
    const values = await Promise.all(keys.map(async (key) => await readers[await redis.type(key)]?.(key)));
    return JSON.stringify([keys, values]);
  } finally {
    redis.disconnect();
  }
}
