import { describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { call } from '../harness/calls.js';
import { placeOrder } from '../harness/place-order.js';
import { withGateway } from '../harness/with-gateway.js';

interface OperatorEvents {
  readonly events: readonly { readonly kind: string; readonly details: object }[];
  readonly nextCursor: string | null;
}

describe('what operators see', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders,admin' } });

  function metrics(secret = 'test-admin-key'): Promise<Response> {
    return fetch(`${gateway.internalUrl}/admin/metrics`, { headers: { authorization: `Bearer ${secret}` } });
  }

  it('gives Prometheus the orders that wait for a person, the empty ones too', async () => {
    await placeOrder(database, 'unknown', { ageDays: 1 });
    const answer = await metrics();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toMatch(/^vestibule_orders\{status="unknown"\} 1$/m);
    expect(text).toMatch(/^vestibule_orders\{status="failed"\} 0$/m);
    expect(Number(/^vestibule_orders_oldest_age_seconds\{status="unknown"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(
      86_000,
    );
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });

  it('shows metrics and events to operators only', async () => {
    expect((await metrics('test-orders-key')).status).toBe(401);
    expect((await call(gateway, 'GET', '/admin/events')).status).toBe(401);
  });

  it('lists what operators have to know of, the newest first, page by page', async () => {
    expect((await read<OperatorEvents>(gateway, '/events')).body).toEqual({ events: [], nextCursor: null });
    await database.pool.query(
      `insert into operator_events (kind, severity, message, details)
       select case when n = 2 then 'fund.low' else 'tariff.changed' end, 'warning', 'nothing to do', jsonb_build_object('n', n)
         from generate_series(1, 3) n`,
    );
    const first = (await read<OperatorEvents>(gateway, '/events?limit=2')).body;
    expect(first.events.map(({ details }) => details)).toEqual([{ n: 3 }, { n: 2 }]);
    const second = (await read<OperatorEvents>(gateway, `/events?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ events: [{ kind: 'tariff.changed', details: { n: 1 } }], nextCursor: null });
    const low = (await read<OperatorEvents>(gateway, '/events?kind=fund.low')).body;
    expect(low.events).toMatchObject([
      { details: { n: 2 }, text: { en: 'nothing to do', ru: 'Гарантийный фонд на исходе.' } },
    ]);
    expect((await read(gateway, '/events?cursor=nonsense')).status).toBe(422);
  });
});
