import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createLogger } from '../../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import {
  CUT,
  okEnvelope,
  openScriptedPartner,
  refusalEnvelope,
  type ScriptedPartner,
} from '../../testing/scripted-partner.js';
import { anonymiseOrders } from '../ledger/anonymise-orders.js';
import { findEvents } from '../ledger/order-history.js';
import type { CancelResult } from './cancel-result.js';
import { Canceller } from './canceller.js';

const LEASE_MS = 60_000;
const ORDER = '9007199254740993';
const [FIRST, SECOND] = ['9007199254740995', '9007199254740997'];

/** An answer of app_get_order, with additional fields for each line. */
function placed(...lines: string[]): string {
  const ids = [FIRST, SECOND];
  const orderData = lines.map(
    (line, index) => `{"orderTariffId":${ids[index]},"tariffId":2671,"cardNumber":"0123456789"${line}}`,
  );
  return okEnvelope(`{"id":${ORDER},"totalAmount":5600.00,"orderData":[${orderData.join(',')}]}`);
}
const PENDING = placed(',"used":false', ',"used":false');
const REFUNDED = placed(',"payback":"completed"', ',"payback":"initiated"');

describe('the canceller', () => {
  let database: TestDatabase;
  let scripted: ScriptedPartner;
  let canceller: Canceller;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    scripted = await openScriptedPartner(database.pool);
    canceller = new Canceller(database.pool, scripted.partner, LEASE_MS, createLogger('silent'));
  });
  afterEach(() => scripted.close());

  async function confirmed(uuid: string | null = null): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, troika_order_id, troika_uuid)
       values ($1::uuid, 'shop', $1::text, '', '{}', 'confirmed', $2, $3)`,
      [id, ORDER, uuid],
    );
    return id;
  }
  const cancel = (orderId: string, ticketId: string | null = null, by = canceller): Promise<CancelResult> =>
    by.cancel({ orderId, ticketId }, 'shop');
  const causes = async (id: string): Promise<string[]> =>
    ((await findEvents(database.pool, id)) ?? []).map(({ cause }) => cause);

  it('names order and ticket with the digits in which they came, and sends a uuid that it knows', async () => {
    scripted.script = { app_cancel_order: okEnvelope(), app_get_order: REFUNDED };
    const id = await confirmed('u-1');
    expect(await cancel(id)).toMatchObject({ kind: 'cancelled', order: { tickets: [{ orderTariffId: FIRST }, {}] } });
    expect(scripted.asked('app_cancel_order')).toEqual([`{"orderId":${ORDER}}`]);
    expect(scripted.asked('app_get_order')).toEqual([`{"id":${ORDER},"uuid":"u-1"}`]);

    const other = await confirmed();
    scripted.script = { app_cancel_ticket: okEnvelope('[]'), app_get_order: placed('', ',"payback":"initiated"') };
    expect(await cancel(other, SECOND)).toMatchObject({ kind: 'cancelled', order: { status: 'confirmed' } });
    expect(scripted.asked('app_cancel_ticket')).toEqual([`{"orderTariffId":${SECOND}}`]);
    expect(scripted.asked('app_get_order').at(-1)).toBe(`{"id":${ORDER}}`);
  });

  it('is not cancelled before that is seen, and an accepted cancellation is not sent twice', async () => {
    scripted.script = { app_cancel_order: okEnvelope(), app_get_order: PENDING };
    const id = await confirmed();
    expect(await cancel(id)).toMatchObject({ kind: 'accepted', order: { status: 'confirmed' } });
    expect(await cancel(id)).toMatchObject({ kind: 'accepted' });
    expect(await cancel(id, FIRST)).toMatchObject({ kind: 'accepted' });
    scripted.script = { ...scripted.script, app_get_order: REFUNDED };
    expect(await cancel(id)).toMatchObject({ kind: 'cancelled' });
    expect(scripted.asked('app_cancel_order')).toHaveLength(1);
    expect(scripted.asked('app_cancel_ticket')).toEqual([]);
  });

  it('treats the refusal of a repeated cancellation as cancelled', async () => {
    scripted.script = { app_cancel_order: refusalEnvelope(504, 'Деньги уже возвращены'), app_get_order: REFUNDED };
    expect(await cancel(await confirmed())).toMatchObject({ kind: 'cancelled' });
  });

  it('masks what a refusal says of people, and answers the same to all who wait for it', async () => {
    scripted.script = {
      app_cancel_order: refusalEnvelope(503, 'Билет для +71044826548 записан'),
      app_get_order: placed(',"used":true'),
    };
    const id = await confirmed();
    const results = await Promise.all(Array.from({ length: 5 }, () => cancel(id)));
    for (const result of results) {
      expect(result).toMatchObject({
        kind: 'refused',
        words: '503: Билет для *** записан',
        order: { status: 'confirmed', tickets: [{ status: 'written' }] },
      });
    }
    const { rows } = await database.pool.query('select result_message from cancellations where order_id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain('4826548');
  });

  it('erases the texts of a cancellation together with the person', async () => {
    scripted.script = { app_cancel_order: refusalEnvelope(503, 'Билет Ивановой записан'), app_get_order: PENDING };
    const id = await confirmed();
    await cancel(id);
    await database.pool.query('update orders set erase_requested = true where id = $1', [id]);
    await anonymiseOrders(database.pool, { kind: 'on-request' }, 100);
    await cancel(id);
    const { rows } = await database.pool.query(
      `select result_message as words from cancellations where order_id = $1
       union all select detail from order_events where order_id = $1`,
      [id],
    );
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter(({ words }) => words !== null)).toEqual([]);
  });

  it.each([
    ['the connection is cut', CUT],
    ['an answer is of another order', okEnvelope('{"id":1,"orderData":[]}')],
    ['an answer cannot be read', okEnvelope('{"id":9007199254740993,"orderData":7}')],
    ['the question is refused', refusalEnvelope(501, 'Нет')],
  ])('takes nothing for read when %s', async (_, app_get_order) => {
    scripted.script = { app_cancel_order: CUT, app_get_order };
    const id = await confirmed();
    expect(await cancel(id)).toMatchObject({ kind: 'unanswered', wasRead: false, reason: 'reset' });
    expect(await cancel(id)).toMatchObject({ kind: 'unanswered', wasRead: false });
    expect(scripted.asked('app_cancel_order')).toHaveLength(1);
  });

  it('reads first when its sender never returned, and sends it again only if nothing has changed', async () => {
    const id = await confirmed();
    await database.pool.query(
      `insert into cancellations (order_id, who, sent_at, lease_expires_at)
       values ($1, 'shop', now() - interval '1 minute', now() - interval '1 second')`,
      [id],
    );
    scripted.script = { app_cancel_order: okEnvelope(), app_get_order: REFUNDED };
    expect(await cancel(id)).toMatchObject({ kind: 'cancelled' });
    expect(scripted.asked('app_cancel_order')).toEqual([]);
    expect((await causes(id))[0]).toBe('cancel-unanswered');
  });

  it('sends a claimed cancellation that never left without reading first', async () => {
    const id = await confirmed();
    await database.pool.query(
      `insert into cancellations (order_id, who, lease_expires_at) values ($1, 'shop', now() - interval '1 second')`,
      [id],
    );
    scripted.script = { app_cancel_order: okEnvelope(), app_get_order: REFUNDED };
    expect(await cancel(id)).toMatchObject({ kind: 'cancelled' });
    expect(scripted.asked('app_get_order')).toHaveLength(1);
    expect(await causes(id)).toEqual([
      'cancel-requested',
      'cancel-accepted',
      'ticket-refunded',
      'ticket-refund-initiated',
      'cancelled-there',
    ]);
  });

  it('says that another one was lost while it waited, and finds out itself', async () => {
    const id = await confirmed();
    await database.pool.query(
      `insert into cancellations (order_id, who, sent_at, lease_expires_at)
       values ($1, 'shop', now(), now() + interval '300 milliseconds')`,
      [id],
    );
    scripted.script = { app_get_order: REFUNDED };
    expect(await cancel(id)).toMatchObject({ kind: 'cancelled' });
    expect(scripted.asked('app_cancel_order')).toEqual([]);
  });
});
