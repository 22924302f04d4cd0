import { afterEach, describe, expect, it } from '@jest/globals';
import { loyaltyError } from '@vestibule/koshelek-contract';
import { judgeScheme } from './checks/connection.checks.js';
import { summarise } from './run-checks.js';
import { checkServer, idsOf, startServers } from './testing/check-server.js';
import { method } from './testing/mutate.js';
import { errorReply, textReply } from './testing/reference-server.js';

const { start, stopAll } = startServers();
afterEach(stopAll);

describe('what a server need not have', () => {
  it('creates its holders with methods 6 and 7 where method 8 is not there', async () => {
    const results = await checkServer(
      await start({ instead: (asked) => (asked.method === 8 ? NOT_OFFERED() : undefined) }),
    );
    expect(idsOf(results, 'failed')).toEqual(['issue.accepted']);
    expect(idsOf(results, 'not-possible')).toEqual(['issue.answer', 'issue.one-card', 'issue.repeat']);
  });

  it('reports why each check that needs a card is not possible when no card can be created', async () => {
    const results = await checkServer(await start(NO_ISSUE));
    const search = results.find(({ row }) => row.id === 'search.by-phone');
    expect(search?.finding).toMatchObject({
      outcome: 'not-possible',
      reason: expect.stringMatching(/^no card can be created \(method 8: 422, \{"code":"1104".*; method 6: 422/),
    });
    expect(summarise(results).conforms).toBe(false);
  });

  it('uses the member given on the command line when none can be created', async () => {
    const server = await start(NO_ISSUE);
    const { number } = server.programme.issue('0123456789', {
      phone: '79160000009',
      email: 'vera@example.com',
      birthDate: '1990-04-12',
    });
    const member = { cardNumber: number, msisdn: '79160000009', email: 'vera@example.com', birthDate: '1990-04-12' };
    const results = await checkServer(server, { known: { member } });
    expect(idsOf(results, 'passed')).toEqual(
      expect.arrayContaining(['search.by-phone', 'search.or', 'channels.accepted', 'balance.card', 'profile.put']),
    );
    expect(idsOf(results, 'failed').filter((id) => !id.startsWith('reserve') && !id.startsWith('issue'))).toEqual([]);
  });

  it('does not search by unknown data of a given member', async () => {
    const server = await start(NO_ISSUE);
    server.programme.issue('0123456789', { phone: '79160000009' });
    const member = { cardNumber: '0123456789', msisdn: '79160000009' };
    expect(idsOf(await checkServer(server, { known: { member } }), 'skipped')).toEqual(
      expect.arrayContaining(['search.by-email', 'search.by-birth-date']),
    );
  });

  it('does not ask a server without the optional methods for them', async () => {
    const results = await checkServer(
      await start({ instead: ({ method: number }) => (number >= 12 ? GONE() : undefined) }),
    );
    expect(idsOf(results, 'skipped').filter((id) => id.startsWith('phones.'))).toHaveLength(6);
    expect(summarise(results).conforms).toBe(true);
  });

  it('does not hold a path that the vendor has not documented against a server that lacks it', async () => {
    const results = await checkServer(await start({ instead: (asked) => (method(5)(asked) ? GONE() : undefined) }));
    const failed = results.filter(({ finding }) => finding.outcome === 'failed').map(({ row }) => row);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every(({ certainty }) => certainty === 'P')).toBe(true);
    expect(summarise(results).conforms).toBe(true);
  });
});

describe('the agreed version', () => {
  it('calls only methods of 1.0.0 on a server of 1.0.0, and checks that it refuses later ones', async () => {
    const results = await checkServer(await start({}, '1.0.0'), { target: { apiVersion: '1.0.0' } });
    expect(idsOf(results, 'failed')).toEqual([]);
    expect(idsOf(results, 'passed')).toContain('version.later-methods');
    expect(idsOf(results, 'skipped')).toEqual(expect.arrayContaining(['issue.accepted', 'receipt.exists']));
    expect(summarise(results).conforms).toBe(true);
  });

  it('notices with version.later-methods, and with nothing else, a server that shows later methods', async () => {
    const results = await checkServer(await start(), { target: { apiVersion: '1.1.0' } });
    expect(idsOf(results, 'failed')).toEqual(['version.later-methods']);
  });
});

describe('the address', () => {
  it.each([
    ['https://loyalty.example.com', 'passed'],
    ['http://127.0.0.1:8080', 'skipped'],
    ['http://localhost', 'skipped'],
    ['http://[::1]:8080', 'skipped'],
    ['http://loyalty.example.com', 'failed'],
  ])('of %s is %s', (url, outcome) => {
    expect(judgeScheme(new URL(url)).outcome).toBe(outcome);
  });
});

const GONE = () => ({ ...textReply('{"error":"Not Found"}', 404), headers: ['Content-Type', 'application/json'] });

const NOT_OFFERED = () => errorReply(loyaltyError('methodNotOffered'));

const NO_ISSUE = {
  instead: ({ method: number }: { readonly method: number }) =>
    [6, 7, 8].includes(number) ? NOT_OFFERED() : undefined,
};
