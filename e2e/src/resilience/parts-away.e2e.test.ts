import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNameServer, type NameServer } from '../../servers/name-server.mjs';
import { read } from '../harness/admin.js';
import { startAlertReceiver, type AlertReceiver } from '../harness/alert-receiver.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { startBlackHole } from '../harness/black-hole.js';
import { startCallbackReceiver, type CallbackReceiver } from '../harness/callback-receiver.js';
import { Closers } from '../harness/closers.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { readyOf } from '../harness/health.js';
import { listen } from '../harness/programmes.js';
import { queueChoices } from '../harness/queues.js';
import { setFaults } from '../harness/sandbox.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** Within so long operators know of a part that was taken away. */
const KNOWN_MS = 10_000;
/** Longer than even a busy machine needs to notice that an answer is late. */
const CALL_MS = '120000';
const HOST = 'shop.example.com';
const ALL = ['database', 'redis', 'partner', 'own-system', 'callbacks', 'dns'];

interface PartView {
  readonly part: string;
  readonly state: string;
  readonly since: string;
  readonly meaning: { readonly en: string; readonly ru: string };
}

const [queue] = queueChoices().toReversed();
const hasRedis = queue?.queue === 'redis';

describe('a part that is taken away', () => {
  const { database, proxy, sandbox, start } = withGateway({
    ...(queue && { queue }),
    proxied: true,
    sandbox: true,
    running: false,
  });
  const closers = new Closers();
  let gateway: GatewayProcess;
  /** The queue of this one is in PostgreSQL, and it pushes the alerts. */
  let other: GatewayProcess;
  let nameServer: NameServer;
  let receiver: CallbackReceiver;
  let people: AlertReceiver;
  let ways: { redis: TcpProxy | undefined; ownSystem: TcpProxy; receiver: TcpProxy };

  beforeAll(async () => {
    nameServer = await startNameServer({ [HOST]: ['127.0.0.1'] });
    closers.add(() => nameServer.close());
    receiver = await startCallbackReceiver([HOST]);
    closers.add(() => receiver.close());
    people = await startAlertReceiver();
    closers.add(() => people.close());
    const ownSystem = createServer((_, response) => response.writeHead(204).end());
    const ownSystemUrl = await listen(ownSystem);
    closers.add(async () => ownSystem.close());
    const redisUrl = process.env['TEST_REDIS_URL'];
    ways = {
      redis: hasRedis && redisUrl !== undefined ? await startTcpProxy(redisUrl) : undefined,
      ownSystem: await startTcpProxy(ownSystemUrl),
      receiver: await startTcpProxy(receiver.url),
    };
    for (const way of Object.values(ways)) if (way !== undefined) closers.add(() => way.cut());
    [gateway, other] = await Promise.all([
      start({
        ...receiver.env,
        TROIKA_TIMEOUT_MS: CALL_MS,
        ...(ways.redis && { REDIS_URL: ways.redis.url }),
        CARD_PROGRAM: ways.ownSystem.url.replace(/\/$/, ''),
        CARD_PROGRAM_KEY: 'test-card-program-key-of-32-chars',
        CALLBACK_DNS_SERVERS: nameServer.address,
        CALLBACK_SCHEDULE_SECS: '0,1,1,1,1,1,1,1',
      }),
      start({ ROLES: 'orders,admin', REDIS_URL: '', ...people.env }),
    ]);
  });
  afterAll(() => closers.closeAll());

  /** The parts in a state. */
  async function partsThatAre(state: string, of = gateway): Promise<Map<string, PartView>> {
    const response = await fetch(`${of.internalUrl}/admin/health`);
    expect(response.status).toBe(200);
    const { parts } = (await response.json()) as { parts: PartView[] };
    return new Map(parts.filter((part) => part.state === state).map((part) => [part.part, part]));
  }

  const untilAll = (state: string, names: readonly string[], limitMs?: number, of = gateway) =>
    until(
      `${names.join(', ')} are ${state}`,
      async () => {
        const found = await partsThatAre(state, of);
        return names.every((name) => found.has(name)) ? found : undefined;
      },
      limitMs,
    );

  async function metricOf(part: string): Promise<string | undefined> {
    const headers = { authorization: 'Bearer test-admin-key' };
    const response = await fetch(`${gateway.internalUrl}/admin/metrics`, { headers });
    expect(response.status).toBe(200);
    return new RegExp(`^vestibule_part_up\\{part="${part}"\\} (.*)$`, 'm').exec(await response.text())?.[1];
  }

  /** Its operator events, by whether they are over. */
  async function eventsOf(part: string): Promise<{ message: string; at: string; closedAt: string | null }[]> {
    const page = await read<{ events: { message: string; at: string; closedAt: string | null }[] }>(
      gateway,
      `/events?kind=${part}.away`,
    );
    return page.body.events;
  }

  /** The alerts about it until now. */
  const alertsOf = (part: string): string[] =>
    people.calls.filter(({ kind }) => kind === `${part}.away`).map(({ type }) => type);

  const untilAlerted = (part: string, type: string, limitMs?: number): Promise<true> =>
    until(
      `people have ${type} about ${part}`,
      async () => (alertsOf(part).at(-1) === type ? true : undefined),
      limitMs,
    );

  /** Waits until each part is in a state, and the metric, its last event and its last alert say so too. */
  async function untilSaid(state: 'up' | 'down' | 'silent', names: readonly string[], limitMs?: number): Promise<void> {
    const isUp = state === 'up';
    await until(
      `health, metric, event and alert say that ${names.join(', ')} are ${state}`,
      async () => {
        const found = await partsThatAre(state);
        for (const name of names) {
          const [event] = await eventsOf(name);
          if (event === undefined || (event.closedAt !== null) !== isUp) return undefined;
          if (!found.has(name) || (await metricOf(name)) !== (isUp ? '1' : '0')) return undefined;
          if (alertsOf(name).at(-1) !== (isUp ? 'alert.closed' : 'alert.opened')) return undefined;
          if (!isUp) expect(event.message).toBe(found.get(name)?.meaning.en);
        }
        return true;
      },
      limitMs,
    );
  }

  async function place(): Promise<string> {
    const callbackUrl = `https://${HOST}:${new URL(ways.receiver.url).port}/callbacks`;
    const response = await postOrder(gateway, { body: { order: SEED_ORDER, callbackUrl } });
    expect(response.status).toBe(202);
    return ((await response.json()) as OrderView).id;
  }

  it('is reported by health, a metric, one event and one alert within ten seconds, and its end too', async () => {
    const away = ALL.filter((part) => part !== 'database' && (part !== 'redis' || hasRedis));
    await untilStatus(gateway, await place(), 'confirmed');
    await until('the callback has arrived', async () => (receiver.calls.length > 0 ? true : undefined));
    await untilAll('up', [...away, 'database']);

    nameServer.names[''] = 'silent';
    nameServer.names[HOST] = 'silent';
    await Promise.all([ways.receiver.cut(), ways.ownSystem.cut()]);
    // Its callback finds the host away.
    await untilStatus(gateway, await place(), 'confirmed');
    await Promise.all([ways.redis?.cut(), sandbox.close()]);
    await untilSaid('down', away, KNOWN_MS);
    // What others run is no reason to take this process out of service.
    expect((await fetch(`${gateway.internalUrl}/admin/health/ready`)).status).toBe(200);
    expect([...(await partsThatAre('up')).keys()]).toEqual(['database']);

    nameServer.names[''] = [];
    nameServer.names[HOST] = ['127.0.0.1'];
    await Promise.all([ways.receiver.mend(), ways.ownSystem.mend(), ways.redis?.mend(), sandbox.reopen()]);
    await untilSaid('up', away);
    for (const part of away) {
      expect(await eventsOf(part)).toHaveLength(1);
      expect(alertsOf(part)).toEqual(['alert.opened', 'alert.closed']);
    }
  });

  it('and is a partner that takes calls and says nothing, is reported as soon, and the call is waited for all the same', async () => {
    await untilStatus(gateway, await place(), 'confirmed');
    await untilSaid('up', ['partner']);
    await setFaults(sandbox, 'execute-and-timeout');
    const unanswered = await place();
    await untilSaid('silent', ['partner'], KNOWN_MS);
    await untilStatus(gateway, unanswered, 'sending');

    await setFaults(sandbox, 'none');
    await untilStatus(gateway, await place(), 'confirmed');
    await untilSaid('up', ['partner']);
    await untilStatus(gateway, unanswered, 'sending');
    // Its end is the end of the connection.
    await sandbox.close();
    await untilStatus(gateway, unanswered, 'unknown');
    await sandbox.reopen();
  });

  it('and is PostgreSQL itself, is known all the same, and in the events once it is back, with its time', async () => {
    const hole = await startBlackHole();
    closers.add(() => hole.close());
    await untilAll('up', ['database'], undefined, other);
    const takenAt = Date.now();
    proxy.silence();
    proxy.leadTo(hole.url);
    const [down] = await Promise.all([
      untilAll('down', ['database'], KNOWN_MS),
      untilAll('down', ['database'], KNOWN_MS, other),
    ]);
    expect((await readyOf(gateway)).status).toBe('down');
    expect(await metricOf('database')).toBe('0');
    if (hasRedis) expect(await metricOf('redis')).toBe('1');

    await untilAlerted('database', 'alert.opened', KNOWN_MS);
    proxy.leadTo(database.url);
    await Promise.all([untilAll('up', ['database']), untilAll('up', ['database'], undefined, other)]);
    await untilSaid('up', ['database']);
    const [event, ...others] = await eventsOf('database');
    if (event === undefined) throw new Error('no event is there');
    expect(others).toEqual([]);
    expect(event.message).toBe(down.get('database')?.meaning.en);
    expect(alertsOf('database')).toEqual(['alert.opened', 'alert.closed']);
    // PostgreSQL's clock is that of this machine.
    expect(Date.parse(event.at)).toBeGreaterThan(takenAt - 1_000);
    expect(Date.parse(event.at)).toBeLessThan(Date.parse(event.closedAt ?? ''));
    await untilStatus(gateway, await place(), 'confirmed');
  });
});
