import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ADMIN_OPENAPI } from '../admin/openapi/openapi.js';
import { escapePointer, schemaCheckOf } from '../http/openapi/testing/schema-check.js';
import type { Json } from '../http/schema/schema.js';
import { makeCard } from '../loyalty/admin/testing/cards.js';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

interface Operation {
  readonly operationId: string;
  readonly 'x-role'?: string;
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: Json }>> }>
    >;
  };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
}

const OPERATIONS = Object.entries(ADMIN_OPENAPI['paths'] as Record<string, Record<string, Operation>>).flatMap(
  ([path, verbs]) => Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
);

const ORDER_FILE = 'Номер карты;Тариф;Телефон\r\n0012345678;2671;+79161234567\r\n';
const fileFor = (path: string): string =>
  path.includes('/order-files') ? ORDER_FILE : 'card_number;phone\nA-1;79990000011';

/** Calls that need a query, with one. */
const QUERIES: Readonly<Record<string, string>> = {
  checkConfirmation: '?troikaOrderId=4711',
  reconcileFund: `?from=2026-11-01&to=2026-11-27&by=day`,
  reportOrders: '?from=2026-10&to=2026-11&by=month,key,tariff',
};

/** One needs a target of alerts, the other what Тройка Бизнес says: neither is here. */
const NEVER_GOOD = ['testAlerts', 'showDictionary'];

describe('the OpenAPI document of the admin API and a running gateway', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const { servers, stop } = collectRoutes();
  const schemaOf = schemaCheckOf(ADMIN_OPENAPI, { closed: true });
  /** Those that were carried out. */
  const good = new Set<string>();

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'orders,admin',
      ORDERS_API_KEYS: 'shop:a-key-of-the-shop',
      ADMIN_API_KEYS: 'ops:a-key-of-an-operator',
      // For the check before going live, which finds no one there.
      KOSHELEK_CREDENTIALS: 'wallet:a-password-of-the-wallet',
      PUBLIC_URL: 'http://127.0.0.1:1',
    });
    await database.pool.query(
      `insert into account_readings (asked_at, read_at, name, fund, amount, currency_id, refresh_secs)
       values (now() - interval '1 hour', now() - interval '1 hour', 'fund', '100', '80', 'RUB', 60),
              (now() + interval '1 hour', now() + interval '1 hour', 'fund', '100', '60', 'RUB', 60)`,
    );
    await database.pool.query(
      `insert into operator_events (kind, severity, message, details) values ('fund.low', 'warning', 'Low.', '{}')`,
    );
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  it('have the same calls, each with the role that its route asks for', () => {
    const described = OPERATIONS.map(
      ({ path, verb, operation }) => `${verb.toUpperCase()} ${path} ${operation['x-role'] ?? 'none'}`,
    );
    const routes = servers.flatMap((one) => one.routes.filter(({ method }) => method !== 'HEAD'));
    const served = routes
      // Bull Board is a page of its own, with calls of its own.
      .filter(({ url }) => /^\/admin\/(?!queues\b)/.test(url))
      .map(({ method, url, config: { isPublic, role = method === 'GET' ? 'viewer' : 'operator' } }) => {
        const path = url.replaceAll(/:(\w+)/g, '{$1}');
        return `${method} ${path} ${isPublic === true ? 'none' : role}`;
      });
    expect(served.toSorted()).toEqual(described.toSorted());
  });

  async function order(status: string): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, attempts, phones)
       values ($1::uuid, 'shop', $1::text, '', '{"orderData":[]}', $2, 1, '{+79160000000}')`,
      [id, status],
    );
    await database.pool.query(
      `insert into order_attempts (order_id, number, started_at, ended_at, outcome, reason)
       values ($1, 1, now(), now(), 'unknown', 'timeout')`,
      [id],
    );
    await database.pool.query(`insert into order_events (order_id, status, cause) values ($1, $2, 'timeout')`, [
      id,
      status,
    ]);
    return id;
  }

  /** Something that the call of this name can be about, new for each call. */
  async function subjectOf(path: string, operationId: string): Promise<string> {
    const made = async (route: string, body: Json): Promise<string> =>
      ((await (await ask('POST', route, body)).json()) as { id: string }).id;
    if (path.includes('/plans/')) {
      const id = await made('/admin/orders/plans', { decision: 'purge', filter: { reference: 'none' } });
      if (operationId === 'stopPlan')
        await database.pool.query(`update order_plans set state = 'running' where id = $1`, [id]);
      return id;
    }
    if (path.includes('/orders/')) return await order(operationId === 'replayOrder' ? 'failed' : 'unknown');
    if (path.includes('/keys/')) return await made('/admin/keys', { audience: 'orders', name: randomUUID() });
    if (path.includes('/order-files/')) {
      const placed = await ask('POST', '/admin/order-files', ORDER_FILE);
      return ((await placed.json()) as { progress: { hash: string } }).progress.hash;
    }
    if (path.includes('/dictionaries/')) return 'tariffs';
    if (path.includes('/cards/')) return await makeCard(database.pool);
    return 'clients';
  }

  function ask(method: string, path: string, body?: Json | string): Promise<Response> {
    const isText = typeof body === 'string';
    return fetch(gateway.internalUrl + path, {
      method,
      headers: {
        authorization: 'Bearer a-key-of-an-operator',
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
  }

  /** What is wrong with an answer by the document; a refusal of a body is wrong, as the examples are to be taken. */
  async function faultsOf(path: string, verb: string, operation: Operation, answer: Response): Promise<string[]> {
    const { status, headers } = answer;
    const described = operation.responses[status];
    if (described === undefined) return [`${status} is not described`];
    if (status < 300) good.add(operation.operationId);
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    // A stream goes on for as long as its plan waits.
    const isStream = type === 'text/event-stream';
    const text = isStream ? '' : await answer.text();
    if (isStream) await answer.body?.cancel();
    if (status === 422) return [text];
    if (described.$ref === undefined && described.content === undefined) return text === '' ? [] : ['it has a body'];
    const place = described.$ref?.slice(1) ?? `/paths/${escapePointer(path)}/${verb}/responses/${status}`;
    return schemaOf(`${place}/content/${escapePointer(type)}/schema`)(/[/+]json$/.test(type) ? JSON.parse(text) : text);
  }

  it.each(OPERATIONS.map((one): [string, (typeof OPERATIONS)[number]] => [one.operation.operationId, one]))(
    'agree on what is sent and answered: %s, with each of its examples',
    async (operationId, { path, verb, operation }) => {
      const examples = operation.requestBody?.content['application/json']?.examples ?? {};
      const bodies: (Json | string | undefined)[] = Object.values(examples).map(({ value }) => value);
      if (bodies.length === 0) bodies.push(operation.requestBody === undefined ? undefined : fileFor(path));
      for (const body of bodies) {
        const id = path.includes('{') ? await subjectOf(path, operationId) : '';
        const query = QUERIES[operationId] ?? '';
        const answer = await ask(verb.toUpperCase(), path.replace(/\{\w+\}/, id) + query, body);
        expect({ body, faults: await faultsOf(path, verb, operation, answer) }).toEqual({ body, faults: [] });
      }
    },
  );

  it('agree on the form of every answer of a call that is carried out', () => {
    const ids = OPERATIONS.map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !good.has(id))).toEqual(NEVER_GOOD);
  });

  it('tell an operator in Russian what is wrong when the request asks for it, and a producer in English', async () => {
    const refusalOf = async (path: string, language: string) => {
      const answer = await fetch(gateway.internalUrl + path, { headers: { 'accept-language': language } });
      return { language: answer.headers.get('content-language'), ...((await answer.json()) as { title: string }) };
    };
    expect(await refusalOf('/admin/audit', 'ru-RU,ru;q=0.9,en;q=0.8')).toMatchObject({
      language: 'ru',
      type: '/problems/key-required',
      title: 'Нужен ключ',
    });
    expect(await refusalOf('/admin/audit', 'de')).toMatchObject({ language: 'en', title: 'Key required' });
    expect(await refusalOf('/orders', 'ru')).toMatchObject({ language: null, title: 'Key required' });
  });

  it('serve the document without a key', async () => {
    const answer = await fetch(`${gateway.internalUrl}/admin/openapi.json`);
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(ADMIN_OPENAPI)));
  });
});
