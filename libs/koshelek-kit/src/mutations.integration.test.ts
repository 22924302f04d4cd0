import { afterEach, describe, expect, it } from '@jest/globals';
import { LOYALTY_METHODS } from '@vestibule/koshelek-contract';
import { CHECKS } from './checks/index.js';
import { summarise } from './run-checks.js';
import { checkServer, idsOf, startServers } from './testing/check-server.js';
import { GENERAL_MUTATIONS } from './testing/general.mutations.js';
import { METHOD_MUTATIONS } from './testing/method.mutations.js';

const MUTATIONS = [...GENERAL_MUTATIONS, ...METHOD_MUTATIONS];

/** Judged from the address, and by a run for another version: ways.integration.test.ts breaks these. */
const BROKEN_ELSEWHERE = ['connection.https', 'version.later-methods'];

const { start, stopAll } = startServers();
afterEach(stopAll);

describe('the conformance kit', () => {
  it('passes a server that follows every rule', async () => {
    const results = await checkServer(await start());
    expect(idsOf(results, 'passed')).toEqual(CHECKS.map(({ id }) => id).filter((id) => !BROKEN_ELSEWHERE.includes(id)));
    expect(summarise(results).conforms).toBe(true);
  });

  it.each(MUTATIONS)('notices with $fails, and with nothing else: $name', async ({ fails, breakage }) => {
    const results = await checkServer(await start(breakage));
    expect(idsOf(results, 'failed')).toEqual([fails]);
    const { certainty } = CHECKS.find(({ id }) => id === fails) ?? {};
    if (certainty === 'D') expect(summarise(results).conforms).toBe(false);
  });

  it('passes no check of the fields of errors when no error has the fields', async () => {
    const change = (reply: { status: number; body: Buffer }): void => {
      if (reply.status === 422) reply.body = Buffer.alloc(0);
    };
    const results = await checkServer(await start({ change }));
    expect(idsOf(results, 'not-possible')).toEqual(
      expect.arrayContaining(['answer.error-strings', 'answer.error-russian']),
    );
  });

  it('has a broken server for every check', () => {
    const broken = new Set([...MUTATIONS.map(({ fails }) => fails), ...BROKEN_ELSEWHERE]);
    expect(CHECKS.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it('has a check for every method of the contract, and no id twice', () => {
    const checked = new Set(CHECKS.map(({ method }) => method));
    expect(LOYALTY_METHODS.map(({ number }) => number).filter((number) => !checked.has(number))).toEqual([]);
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });
});
