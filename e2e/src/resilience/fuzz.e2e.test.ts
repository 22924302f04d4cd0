import { expect, it } from '@jest/globals';
import { makeCard } from '../harness/cards.js';
import { withGateway } from '../harness/with-gateway.js';
import { FUZZ_ENV } from './fuzz/environment.js';
import { runFuzz } from './fuzz/run-fuzz.js';

const { gateway, database } = withGateway({ sandbox: true, env: FUZZ_ENV });

it('odd calls to both listeners get documented answers, show nothing of our inside, and keep no valid call waiting', async () => {
  const { number: cardNumber } = await makeCard(database);
  const run = { gateway, cardNumber, requests: 1_000, seed: 13, say: () => undefined };
  const { faults, answered } = await runFuzz(run);
  expect(faults).toEqual([]);
  // Most odd calls are refused, and enough of them come through to where the work is done.
  expect(answered).toMatchObject({
    public: { 200: expect.any(Number), 401: expect.any(Number), 422: expect.any(Number) },
    internal: { 200: expect.any(Number), 202: expect.any(Number), 400: expect.any(Number), 422: expect.any(Number) },
  });
});
