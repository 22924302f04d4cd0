import { describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { deleteIdleHosts } from './outbox/delete-old-deliveries.js';
import { listEndpoints, setEndpointState } from './outbox/endpoints.js';
import { findOverlookedHosts } from './outbox/find-overlooked-hosts.js';
import { until } from '../../testing/until.js';
import { createSender, untilStates } from './testing/company.js';
import { acceptOrder, confirmOrder } from './testing/outbox.js';
import { setUpEnvironment } from './testing/environment.js';

const SLOTS = 32;
const HANGING = 60;
/** Longer than any test: what hangs never makes room by itself. */
const PATIENT = { timeoutMs: 120_000 };

describe('hosts of producers', () => {
  const { pool, receive, deliver } = setUpEnvironment();

  async function confirmOrders(urls: readonly string[], apiKeyName?: string): Promise<void> {
    await Promise.all(urls.map(async (url) => confirmOrder(pool(), await acceptOrder(pool(), url, null, apiKeyName))));
  }

  async function endpoints(state?: 'disabled') {
    return (await listEndpoints(pool(), 'shop', { state, after: undefined, limit: 50 })).endpoints;
  }

  async function hosts() {
    const { rows } = await pool().query<{ host: string; failures: number; isPaused: boolean }>(
      'select host, failures, not_before > now() as "isPaused" from callback_hosts order by host',
    );
    return rows;
  }

  /** A receiver that hangs until it is released, and then answers everything. */
  async function receiveHanging() {
    const held: ServerResponse[] = [];
    let status: number | undefined;
    const receiver = await receive((response) => {
      if (status === undefined) held.push(response);
      else response.writeHead(status).end();
    });
    return {
      receiver,
      answer: (now: number) => {
        status = now;
        for (const response of held) response.writeHead(now).end();
      },
    };
  }

  it.each([
    ['60 addresses at one host that hangs', 8, (port: string, index: number) => `http://127.0.0.1:${port}/?${index}`],
    ['60 hosts that hang', SLOTS / 2, (port: string, index: number) => `http://h${index}.localhost:${port}/`],
  ])('of one producer, %s, leave slots for the callback of another', async (_what, most, urlOf) => {
    const { receiver, answer } = await receiveHanging();
    const { port } = new URL(receiver.url);
    await confirmOrders(Array.from({ length: HANGING }, (_, index) => urlOf(port, index)));
    deliver({ concurrency: SLOTS }, createSender(PATIENT));
    await until('they hold all the slots they get', () => (receiver.received.length === most ? true : undefined));
    const alive = await receive();
    await confirmOrders([alive.url], 'second-shop');
    await untilStates(pool(), 'delivered', 1);
    expect(receiver.received).toHaveLength(most);
    answer(204);
    await untilStates(pool(), 'delivered', HANGING + 1);
  });

  it('that give no answer are left alone as a whole, however many addresses they have, and continue with an answer', async () => {
    let isThere = false;
    const receiver = await receive((response) => {
      if (isThere) response.writeHead(204).end();
      else response.destroy();
    });
    await confirmOrders(Array.from({ length: 40 }, (_, index) => `${receiver.url}/?order=${index}`));
    deliver({ concurrency: SLOTS, scheduleSecs: [0, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05] });
    await until('the host is paused', async () => ((await hosts())[0]?.isPaused === true ? true : undefined));
    // None has failed often enough to be limited for itself.
    expect((await endpoints()).every(({ failures }) => failures < 3)).toBe(true);
    expect(receiver.received.length).toBeLessThan(40);
    isThere = true;
    // Its producer does not wait for the end of the pause.
    const [failed] = (await endpoints()).filter(({ failures }) => failures > 0);
    await setEndpointState(pool(), 'shop', failed!.id, 'disabled');
    await setEndpointState(pool(), 'shop', failed!.id, 'enabled');
    await untilStates(pool(), 'delivered', 40);
    expect(await hosts()).toMatchObject([{ failures: 0, isPaused: false }]);
  });

  it('that answer are never to blame: a path that fails costs the other paths nothing', async () => {
    const receiver = await receive(
      (response, { path }) => void response.writeHead(path === '/hook/bad' ? 500 : 204).end(),
    );
    const bad = Array.from({ length: 10 }, () => `${receiver.url}/bad`);
    await confirmOrders([...bad, `${receiver.url}/good`]);
    deliver();
    await untilStates(pool(), 'delivered', 1);
    await until('the path has failed often enough', async () =>
      (await endpoints()).some(({ failures }) => failures >= 3) ? true : undefined,
    );
    expect(await hosts()).toMatchObject([{ failures: 0, isPaused: false }]);
  });

  it('that have given no answer for five days are disabled with all their addresses, reported once, and enabled with any', async () => {
    let isThere = false;
    const receiver = await receive((response) => {
      if (isThere) response.writeHead(204).end();
      else response.destroy();
    });
    await confirmOrders([`${receiver.url}/?order=1`]);
    deliver({ scheduleSecs: Array.from({ length: 20 }, () => 0.05) });
    await until('it has failed', async () => ((await hosts())[0]?.failures ?? 0) > 0 || undefined);
    await pool().query(`update callback_hosts set failing_since = now() - interval '5 days 1 minute'`);
    await until('its address is disabled', async () => ((await endpoints('disabled')).length === 1 ? true : undefined));
    await confirmOrders([`${receiver.url}/?order=2`]);
    const disabled = await until('a new address is disabled too', async () => {
      const found = await endpoints('disabled');
      return found.length === 2 ? found : undefined;
    });
    expect(disabled).toMatchObject([{ disabledWhy: 'failing' }, { disabledWhy: 'failing' }]);
    const { rows } = await pool().query<{ message: string }>('select kind, message from operator_events');
    const { host } = new URL(receiver.url);
    expect(rows).toMatchObject([
      { kind: 'callback.disabled', message: expect.stringContaining(`to ${host}, all its`) },
    ]);
    isThere = true;
    expect(await setEndpointState(pool(), 'shop', disabled[0]!.id, 'enabled')).toMatchObject({ state: 'enabled' });
    await untilStates(pool(), 'delivered', 2);
    expect(await endpoints('disabled')).toEqual([]);
  });

  it('are found when an earlier release beside this one has not stored them, and deleted with their last address', async () => {
    const receiver = await receive();
    deliver();
    await confirmOrders([receiver.url]);
    await untilStates(pool(), 'delivered', 1);
    await pool().query('delete from callback_hosts');
    await pool().query(`update callback_endpoints set due_at = now() - interval '2 minutes'`);
    await findOverlookedHosts(pool());
    expect(await hosts()).toHaveLength(1);
    await pool().query(`update callback_hosts set created_at = now() - interval '31 days'`);
    expect(await deleteIdleHosts(pool(), 30, 10)).toBe(0);
    await pool().query('truncate callback_endpoints cascade');
    expect(await deleteIdleHosts(pool(), 30, 10)).toBe(1);
  });
});
