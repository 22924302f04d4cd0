import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDemo, type Demo } from './harness/demo.js';
import { ApiDocument } from './harness/openapi.js';
import { unique } from './harness/queues.js';

/** What is another in every run. */
const CHANGING = new Set(['id', 'createdAt', 'updatedAt']);

/** A value as an example of another run: what changes is left out. */
function lasting(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !CHANGING.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, lasting(inner)]));
}

describe('the examples of the OpenAPI document', () => {
  let demo: Demo;
  let document: ApiDocument;
  beforeAll(async () => {
    demo = await startDemo();
    document = await ApiDocument.fetch(demo.internalUrl);
  });
  afterAll(() => demo.stop());

  it('run: each request is answered by the demo as the answer of the same name says', async () => {
    let count = 0;
    for (const { path, verb, operation } of document.operations) {
      const requests = operation.requestBody?.content['application/json'].examples ?? {};
      for (const [name, { value }] of Object.entries(requests)) {
        const response = await fetch(demo.internalUrl + path, {
          method: verb.toUpperCase(),
          headers: {
            authorization: 'Bearer demo-orders-key',
            'content-type': 'application/json',
            'idempotency-key': unique('example'),
          },
          body: JSON.stringify(value),
        });
        const described = operation.responses[response.status]?.content?.['application/json']?.examples?.[name]?.value;
        expect([path, name, response.status, described !== undefined]).toEqual([path, name, response.status, true]);
        expect(lasting(await response.json())).toEqual(lasting(described));
        count += 1;
      }
    }
    expect(count).toBeGreaterThanOrEqual(4);
  });
});
