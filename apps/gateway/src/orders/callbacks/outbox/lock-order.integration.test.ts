import { expect, it } from '@jest/globals';
import { anonymiseOrders } from '../../ledger/anonymise-orders.js';
import { lockingInOrder } from '../../../testing/lock-order.js';
import { setUpEnvironment } from '../testing/environment.js';
import { acceptOrder, changeTicket, confirmOrder } from '../testing/outbox.js';
import { assignEndpoints } from './assign-endpoints.js';
import { claimDeliveries, type DeliveryClaim } from './claim-deliveries.js';
import { settleDelivery } from './settle-delivery.js';

const HOST = `select from callback_hosts where host = $1`;
const ENDPOINT = `select from callback_endpoints where id = $1::uuid`;
const DELIVERY = `select from callback_deliveries where id = $1::uuid`;
const { pool } = setUpEnvironment();

async function claimOne(url: string): Promise<DeliveryClaim> {
  const [claim] = await claimDeliveries(pool(), { slots: 1, underWay: [], leaseMs: 60_000 });
  if (claim === undefined) throw new Error(`nothing was due for ${url}`);
  return claim;
}

async function makeDue(url: string): Promise<string> {
  const orderId = await acceptOrder(pool(), url);
  await confirmOrder(pool(), orderId);
  await assignEndpoints(pool(), { limit: 100, firstDelaySecs: 0 });
  return orderId;
}

const delivered = {
  outcome: 'delivered',
  reach: 'answered',
  state: 'delivered',
  httpStatus: 204,
  detail: null,
  retryInMs: 0,
  pauseMs: 0,
} as const;

it('who settles an attempt locks the host before the endpoint, as claims do: none waits for the other', async () => {
  await makeDue('https://shop.example.com/callbacks');
  const claim = await claimOne('the settlement');
  const rules = { disableAfterSecs: 60, firstDelaySecs: 0 };
  await lockingInOrder(pool(), [HOST, claim.host], [ENDPOINT, claim.endpointId], () =>
    settleDelivery(pool(), { claim, verdict: delivered, durationMs: 1 }, rules),
  );
  const { rows } = await pool().query('select state from callback_deliveries');
  expect(rows).toEqual([{ state: 'delivered' }]);
});

it('a claim passes over a callback that somebody holds, and takes it next time', async () => {
  await makeDue('https://shop.example.com/callbacks');
  const client = await pool().connect();
  await client.query('begin');
  await client.query('select from callback_deliveries for update');
  expect(await claimDeliveries(pool(), { slots: 1, underWay: [], leaseMs: 60_000 })).toEqual([]);
  await client.query('rollback');
  client.release();
  await claimOne('the next claim');
});

it('who erases personal data locks the callbacks of an order as they follow each other', async () => {
  const orderId = await makeDue('https://shop.example.com/callbacks');
  await changeTicket(pool(), orderId, 'ticket-1', 'written');
  await pool().query('update orders set erase_requested = true');
  const { rows } = await pool().query<{ id: string }>('select id from callback_deliveries order by event_id');
  const [first, second] = rows.map(({ id }) => id);
  await lockingInOrder(pool(), [DELIVERY, first ?? ''], [DELIVERY, second ?? ''], () =>
    anonymiseOrders(pool(), { kind: 'on-request' }, 10),
  );
});
