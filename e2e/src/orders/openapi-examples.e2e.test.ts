import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDemo, type Demo } from '../harness/demo.js';
import { ApiDocument } from '../harness/openapi.js';
import { unique } from '../harness/queues.js';
import { until } from '../harness/until.js';

/** Values that differ in every run. */
const CHANGING = new Set(['id', 'createdAt', 'updatedAt', 'webhookId', 'durationMs', 'fetchedAt']);

const authorization = 'Bearer demo-orders-key';

/** Where callbacks of the examples go; here that is a server which takes them. */
const SHOP = 'https://shop.example.com/callbacks';
async function openShop(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`, server };
}

/** A value as an example of another run: what changes is left out. */
function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !CHANGING.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, lasting(inner)]));
}

describe('the examples of the OpenAPI document', () => {
  let demo: Demo;
  let shop: { readonly url: string; readonly server: Server };
  let document: ApiDocument;
  beforeAll(async () => {
    [demo, shop] = await Promise.all([startDemo(), openShop()]);
    document = await ApiDocument.fetch(demo.internalUrl);
  });
  afterAll(async () => {
    await demo.stop();
    shop.server.closeAllConnections();
    await once(shop.server.close(), 'close');
  });

  it('run: each request is answered by the demo as the answer of the same name says', async () => {
    let count = 0;
    for (const { path, verb, operation } of document.operations) {
      const requests = operation.requestBody?.content['application/json'].examples ?? {};
      for (const [name, { value }] of Object.entries(requests)) {
        const response = await fetch(demo.internalUrl + path, {
          method: verb.toUpperCase(),
          headers: {
            authorization,
            'content-type': 'application/json',
            'idempotency-key': unique('example'),
          },
          body: JSON.stringify(value).replaceAll(SHOP, shop.url),
        });
        const described = operation.responses[response.status]?.content?.['application/json']?.examples?.[name]?.value;
        expect([path, name, response.status, described !== undefined]).toEqual([path, name, response.status, true]);
        expect(lasting(await response.json())).toEqual(lasting(described));
        count += 1;
      }
    }
    expect(count).toBeGreaterThanOrEqual(5);
  });

  it('of the dictionaries are entries that the demo has', async () => {
    for (const { path, operation } of document.operations) {
      if (!path.startsWith('/catalog/')) continue;
      const examples = operation.responses['200']?.content?.['application/json']?.examples ?? {};
      const [described] = Object.values(examples).map(({ value }) => value as Record<string, unknown>);
      const answer = await until(`${path} was read`, async () => {
        const response = await fetch(demo.internalUrl + path, { headers: { authorization } });
        return response.status === 200 ? ((await response.json()) as Record<string, unknown>) : undefined;
      });
      expect(described).toBeDefined();
      for (const [name, entries] of Object.entries(described ?? {})) {
        if (Array.isArray(entries)) expect(answer[name]).toEqual(expect.arrayContaining(entries));
        else expect(typeof answer[name]).toBe(typeof entries);
      }
    }
  });
});
