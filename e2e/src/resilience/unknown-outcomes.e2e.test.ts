import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, auditOf, read } from '../harness/admin.js';
import { okAnswer, openAnsweringPartner, type AnsweringPartner } from '../harness/answering-partner.js';
import { startAlertReceiver } from '../harness/alert-receiver.js';
import { getOrder, postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { SECRETS, startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { queueChoices } from '../harness/queues.js';
import { emptyRedis } from '../harness/redis.js';
import { until } from '../harness/until.js';

const ORDERS = 60;
const LIMIT = 3;

interface Stop {
  readonly state: string;
  readonly reason: string | null;
  readonly message: string | null;
}

describe.each(queueChoices())('while no one knows what becomes of orders, with the queue on $queue', ({ env }) => {
  let status: number;
  let lastId: number;
  let partner: AnsweringPartner;
  let database: TestDatabase;
  let gateways: GatewayProcess[];
  const closers: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    [status, lastId] = [200, 0];
    partner = await openAnsweringPartner(({ method }, response) => {
      if (method !== 'app_create_order') return undefined;
      if (status === 200) return okAnswer(`{"id":${(lastId += 1)},"totalAmount":2800}`);
      response.writeHead(status, { 'content-type': 'text/html' }).end(`<html><h1>${status}</h1></html>`);
      return undefined;
    });
    await emptyRedis();
    database = await createDatabase();
    gateways = [];
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await Promise.all(closers.splice(0).map((close) => close()));
    await partner.close();
    await database.drop();
  });

  async function start(overrides: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
    const gateway = await startGateway({
      ...env(),
      ROLES: 'orders,worker,admin',
      DATABASE_URL: database.url,
      TROIKA_URL: partner.url,
      TROIKA_RATE_PER_SECOND: '1000',
      TROIKA_CONCURRENCY: '64',
      TROIKA_UNKNOWN_LIMIT: String(LIMIT),
      TROIKA_BREAKER_PAUSE_SECS: '0.5,1',
      TROIKA_TRACK_SCHEDULE_SECS: '600',
      ...overrides,
    });
    gateways.push(gateway);
    return gateway;
  }
  const place = async (gateway: GatewayProcess): Promise<string> =>
    ((await (await postOrder(gateway)).json()) as OrderView).id;
  const sent = (): number => partner.calls.filter(({ method }) => method === 'app_create_order').length;
  /** How many orders are unknown, and how many probes have failed: a probe is counted before its order is. */
  const count = async (): Promise<{ unknown: number; probes: number }> => {
    const { rows } = await database.pool.query<{ unknown: number; probes: number }>(
      `select (select count(*)::int from orders where status = 'unknown') as unknown, greatest(0, openings - 1) as probes
         from partner_breaker`,
    );
    return rows[0] ?? { unknown: -1, probes: -1 };
  };
  const metric = async (gateway: GatewayProcess, name: string): Promise<string | undefined> => {
    const headers = { authorization: 'Bearer test-admin-key' };
    const text = await (await fetch(`${gateway.internalUrl}/admin/metrics`, { headers })).text();
    return text.split('\n').find((line) => line.startsWith(name));
  };

  it('no more than the limit and the probes become unknown, whatever waits, the others are bought afterwards, and a person hears of it once and of its end once', async () => {
    status = 502;
    const alerts = await startAlertReceiver();
    closers.push(() => alerts.close());
    const gateway = await start(alerts.env);
    await start({ ...alerts.env, ROLES: 'worker' });
    const tested = await ask<{ targets: object[] }>(gateway, '/alerts/test', { why: 'before the night' });
    expect(tested.body.targets).toEqual([
      expect.objectContaining({ name: 'ops', form: 'standard', outcome: 'delivered', httpStatus: 204 }),
    ]);
    expect((await auditOf(gateway))[0]).toMatchObject({ who: 'ops', action: 'alerts.test', why: 'before the night' });
    const ids = await Promise.all(Array.from({ length: ORDERS }, () => place(gateway)));
    await until('it has probed again and again', async () => ((await count()).probes >= 3 ? true : undefined));
    const { unknown, probes } = await count();
    expect(unknown).toBeGreaterThanOrEqual(LIMIT);
    expect(unknown).toBeLessThanOrEqual(LIMIT + probes);

    const why = expect.stringMatching(/^\d+ unknown outcomes in a row, last: HTTP 502, HTML$/);
    const stop = { state: 'stopped', reason: 'unknown-outcomes', message: why };
    expect((await read<Stop>(gateway, '/sending')).body).toMatchObject({ ...stop, continuesByItself: true });
    const ready = await (await fetch(`${gateway.internalUrl}/admin/health/ready`)).json();
    expect(ready).toMatchObject({ status: 'ok', sending: stop });
    expect(await metric(gateway, 'vestibule_sending_stop_reasons{reason="unknown-outcomes"}')).toMatch(/ 1$/);
    const pauses = async () =>
      (await read<{ events: { closedAt: string | null }[] }>(gateway, '/events?kind=sending.paused')).body.events;
    expect((await pauses()).map(({ closedAt }) => closedAt)).toEqual([null]);

    status = 200;
    await until('all others are confirmed', async () => {
      const { rows } = await database.pool.query(`select 1 from orders where status not in ('unknown', 'confirmed')`);
      return rows.length === 0 || undefined;
    });
    const final = await count();
    expect(lastId).toBe(ids.length - final.unknown);
    expect(sent()).toBe(ids.length);
    expect((await pauses()).map(({ closedAt }) => typeof closedAt)).toEqual(['string']);
    expect(await metric(gateway, 'vestibule_sending_stopped')).toMatch(/ 0$/);

    const story = () => alerts.calls.filter(({ kind }) => kind === 'sending.paused');
    await until('its end has arrived', async () =>
      story().some(({ type }) => type === 'alert.closed') ? true : undefined,
    );
    await until('nothing waits', async () => {
      const { targets } = (await read<{ targets: { waiting: number }[] }>(gateway, '/alerts')).body;
      return targets.every(({ waiting }) => waiting === 0) || undefined;
    });
    expect(story().map(({ type }) => type)).toEqual(['alert.opened', 'alert.closed']);
    expect(story()[0]?.text).toMatch(/Отправка приостановлена: .*Последний ответ: HTTP 502, HTML/);
    const [line] = SEED_ORDER.orderData;
    const secrets = Object.values(SECRETS).map((value) => value.split(':').at(-1));
    const traces = [SEED_ORDER.phone, line?.cardNumber, ...secrets];
    for (const { text } of alerts.calls) for (const trace of traces) expect(text).not.toContain(trace);
  });

  it('a status that the vendor has confirmed as "not executed" leaves no order unknown', async () => {
    status = 503;
    const gateway = await start({ TROIKA_NOT_EXECUTED_STATUSES: '503', TROIKA_TRUST_STATUSES: 'none' });
    const id = await place(gateway);
    await until('it was tried again', async () => ((await getOrder(gateway, id)).attempts > 1 ? true : undefined));
    expect((await getOrder(gateway, id)).status).not.toBe('unknown');
    status = 200;
    await untilStatus(gateway, id, 'confirmed');
  });

  it('orders wait outside of TROIKA_SEND_WINDOW, which is reported without an alarm, and are sent once it opens', async () => {
    const gateway = await start({ TROIKA_SEND_WINDOW: await hours(6) });
    const id = await place(gateway);
    const window = await until('it is reported', async () => {
      const { events } = (
        await read<{ events: { closedAt: string | null }[] }>(gateway, '/events?kind=sending.outside-window')
      ).body;
      return events[0];
    });
    expect(window.closedAt).toBeNull();
    expect((await read<Stop>(gateway, '/sending')).body).toMatchObject({ state: 'stopped', reason: 'outside-window' });
    expect(await (await fetch(`${gateway.internalUrl}/admin/health/ready`)).json()).toMatchObject({
      status: 'ok',
      sending: { reason: 'outside-window' },
    });
    expect((await getOrder(gateway, id)).status).toBe('accepted');
    expect(sent()).toBe(0);
    await start({ ROLES: 'worker', TROIKA_SEND_WINDOW: await hours(0) });
    await untilStatus(gateway, id, 'confirmed');
    await until('its end is reported', async () => {
      const { rows } = await database.pool.query(
        `select 1 from operator_events where kind = 'sending.outside-window' and closed_at is not null`,
      );
      return rows.length === 1 || undefined;
    });
  });

  /** Two hours and a bit by PostgreSQL's clock, the present one or so many hours later, past midnight if need be. */
  async function hours(later: number): Promise<string> {
    const { rows } = await database.pool.query<{ window: string }>(
      `select to_char(t - interval '1 hour', 'HH24:MI') || '-' || to_char(t + interval '1 hour', 'HH24:MI') as window
         from (select (now() at time zone 'Asia/Vladivostok') + $1 * interval '1 hour' as t) m`,
      [later],
    );
    return `${rows[0]?.window} Asia/Vladivostok`;
  }
});
