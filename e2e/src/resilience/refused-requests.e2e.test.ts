import { beforeEach, describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { okAnswer } from '../harness/answering-partner.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

const ORDERS = 20;
const CONCURRENCY = 2;

describe('while the partner refuses requests at its entry point', () => {
  let status: number;
  let lastId: number;
  const { database, partner, start } = withGateway({
    partner: ({ method }, response) => {
      if (method !== 'app_create_order') return undefined;
      if (status === 200) return okAnswer(`{"id":${(lastId += 1)},"totalAmount":2800}`);
      response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>${status}</h1>`);
      return undefined;
    },
    env: {
      ROLES: 'orders,worker,admin',
      TROIKA_CONCURRENCY: String(CONCURRENCY),
      TROIKA_RETRY_SCHEDULE_SECS: '0.1,0.2',
      TROIKA_BREAKER_FAILURES: '3',
      TROIKA_BREAKER_PAUSE_SECS: '0.2',
      TROIKA_TRACK_SCHEDULE_SECS: '600',
    },
    running: false,
    isolated: true,
  });
  beforeEach(() => {
    lastId = 0;
  });
  const place = async (gateway: GatewayProcess): Promise<string> =>
    ((await (await postOrder(gateway)).json()) as OrderView).id;
  const sent = (): number => partner.calls.filter(({ method }) => method === 'app_create_order').length;
  const unknown = async (): Promise<number> => {
    const { rows } = await database.pool.query(`select id from orders where status = 'unknown'`);
    return rows.length;
  };

  it.each([401, 404, 429])(
    'with HTTP %d, orders wait, none is unknown, and each is paid once afterwards',
    async (given) => {
      status = given;
      const gateway = await start();
      const ids = await Promise.all(Array.from({ length: ORDERS }, () => place(gateway)));
      const more = await until('it was asked again and again', () => Promise.resolve(sent() > 8 ? sent() : undefined));
      expect(more).toBeGreaterThan(8);
      expect(await unknown()).toBe(0);
      const { rows } = await database.pool.query<{ outcome: string; counted: number }>(
        `select distinct a.outcome, o.attempts - o.free_attempts as counted from order_attempts a
         join orders o on o.id = a.order_id where a.ended_at is not null and o.status = 'retrying'`,
      );
      expect(rows).toEqual([{ outcome: 'not-executed', counted: 0 }]);
      const { body } = await read<{ events: { details: object }[] }>(gateway, '/events?kind=partner.refused-request');
      expect(body.events.map(({ details }) => details)).toEqual([
        { httpStatus: given, method: 'app_create_order', outcome: 'not-executed' },
      ]);
      status = 200;
      for (const id of ids) await untilStatus(gateway, id, 'confirmed');
      expect(lastId).toBe(ORDERS);
    },
  );

  it('with HTTP 403, which a filter may send after the execution, only the orders in progress are unknown', async () => {
    status = 403;
    const gateway = await start({ TROIKA_BREAKER_PAUSE_SECS: '600' });
    await Promise.all(Array.from({ length: ORDERS }, () => place(gateway)));
    await until('the breaker is open', async () => {
      const { rows } = await database.pool.query('select 1 from partner_breaker where open_until is not null');
      return rows.length === 1 || undefined;
    });
    await until('what was under way is settled', async () => {
      const { rows } = await database.pool.query(`select 1 from orders where status = 'sending'`);
      return rows.length === 0 || undefined;
    });
    const count = await unknown();
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(CONCURRENCY);
    expect(sent()).toBe(count);
  });

  it('a status that is not trusted leaves its order unknown', async () => {
    status = 401;
    const gateway = await start({ TROIKA_TRUST_STATUSES: 'none' });
    await untilStatus(gateway, await place(gateway), 'unknown');
  });
});
