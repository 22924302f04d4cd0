import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeAnswer } from '@vestibule/envelope';
import { pino } from 'pino';
import { REFUSALS } from '../refusals.js';
import type { Sandbox } from '../start-sandbox.js';
import {
  PartnerClient,
  EXAMPLE_REQUEST,
  type WireAnswer,
  control,
  executedOrders,
  startTestSandbox,
} from '../testing/partner-client.js';
import { FAULTS, type FaultMode, REAL_FAULTS } from './modes.js';

let sandbox: Sandbox;
let client: PartnerClient;
let logLines: string[];

beforeEach(async () => {
  logLines = [];
  const logger = pino({ level: 'debug' }, { write: (line) => logLines.push(line) });
  sandbox = await startTestSandbox({ slowMs: 50, logger });
  client = new PartnerClient(sandbox);
});

afterEach(async () => sandbox.close());

async function setFault(mode: string, rate?: number, seed?: number): Promise<void> {
  expect((await control(sandbox, 'PUT', '/faults', { mode, rate, seed })).status).toBe(200);
}

/** Waits until the stand-in has simulated a fault: a request without an answer has no other sign. */
async function faultIsInjected(): Promise<void> {
  while (!logLines.some((line) => line.includes('a fault was simulated'))) await setImmediate();
}

const executedFaults = async (): Promise<string[]> => (await executedOrders(sandbox)).map(({ fault }) => fault);

describe('a fault that answers', () => {
  const isCut = ({ status, text }: WireAnswer): void => {
    expect(status).toBe(200);
    expect(text.startsWith('{"message":{"head":')).toBe(true);
    expect(decodeAnswer(Buffer.from(text)).ok).toBe(false);
  };
  const isHtml500 = ({ status, headers, text }: WireAnswer): void => {
    expect([status, headers['content-type']]).toEqual([500, 'text/html; charset=utf-8']);
    expect(text).toContain('<html>');
  };

  it.each<[FaultMode, number, (answer: WireAnswer) => void]>([
    ['none', 1, ({ text }) => expect(text).toContain('"resultCode":0')],
    ['slow', 1, ({ text }) => expect(text).toContain('"resultCode":0')],
    ['malformed', 1, isCut],
    ['http-500-after', 1, isHtml500],
    ['http-500-before', 0, isHtml500],
    ['refuse', 0, ({ text }) => expect(text).toContain(`"resultCode":${REFUSALS.fault.resultCode}`)],
    ['throttle', 0, ({ status, headers }) => expect([status, headers['retry-after']]).toEqual([429, '1'])],
  ])('%s executes %d order', async (mode, executed, check) => {
    await setFault(mode);
    check(await client.send(EXAMPLE_REQUEST));
    expect(await executedFaults()).toEqual(Array(executed).fill(mode));
    expect(FAULTS[mode].executes).toBe(executed === 1);
  });
});

describe('a fault that cuts the connection', () => {
  it.each<[FaultMode, number]>([
    ['reset-before', 0],
    ['reset-after', 1],
  ])('%s resets the socket and executes %d order', async (mode, executed) => {
    await setFault(mode);
    await expect(client.send(EXAMPLE_REQUEST)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await executedFaults()).toEqual(Array(executed).fill(mode));
  });
});

describe('a fault that never answers', () => {
  it.each<[FaultMode, number]>([
    ['timeout', 0],
    ['execute-and-timeout', 1],
  ])('%s executes %d order and does not answer until the caller gives up', async (mode, executed) => {
    await setFault(mode);
    const request = await client.open(EXAMPLE_REQUEST);
    const signs: string[] = [];
    for (const sign of ['response', 'error', 'close']) request.on(sign, () => signs.push(sign));
    await faultIsInjected();
    expect(await executedFaults()).toEqual(Array(executed).fill(mode));
    expect(signs).toEqual([]);
    request.destroy();
    while (!signs.includes('close')) await setImmediate();
    expect(signs).toEqual(['error', 'close']);
  });

  it.each(['timeout', 'execute-and-timeout'])('%s ends when the stand-in stops', async (mode) => {
    await setFault(mode);
    const failed = once(await client.open(EXAMPLE_REQUEST), 'error');
    await faultIsInjected();
    await sandbox.close();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  });
});

describe('faults', () => {
  it('leave the refusals of a wrong request as they are', async () => {
    await setFault('slow');
    const answer = await client.envelope(EXAMPLE_REQUEST, { headers: { authorization: null } });
    expect(answer).toMatchObject({ status: 401, resultCode: REFUSALS.notAuthenticated.resultCode });
  });

  it('apply to other methods too, and never to the control API', async () => {
    await setFault('http-500-before');
    expect((await client.send(EXAMPLE_REQUEST.replace('app_create_order', 'app_get_tariff'))).status).toBe(500);
    expect((await control(sandbox, 'GET', '/faults')).status).toBe(200);
  });

  it('apply at the given rate, to the same requests for the same seed', async () => {
    const statuses = async (seed: number): Promise<number[]> => {
      await setFault('http-500-before', 0.3, seed);
      const answers = [];
      for (let count = 0; count < 60; count += 1) answers.push((await client.send(EXAMPLE_REQUEST)).status);
      return answers;
    };
    const first = await statuses(7);
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
    const faulted = first.filter((status) => status === 500).length;
    expect(faulted).toBeGreaterThan(5);
    expect(faulted).toBeLessThan(35);
  });

  it('come in every kind when they are mixed', async () => {
    await setFault('mixed', 1, 3);
    const pending: Promise<unknown>[] = [];
    for (let count = 0; count < 150; count += 1)
      pending.push(client.send(EXAMPLE_REQUEST).catch((error: unknown) => error));
    const executing = REAL_FAULTS.filter((mode) => FAULTS[mode].executes);
    const seen = new Set<string>();
    while (seen.size < executing.length) for (const { fault } of await executedOrders(sandbox)) seen.add(fault);
    expect([...seen].sort()).toEqual([...executing].sort());
    await sandbox.close();
    await Promise.all(pending);
  });

  it('are logged without any part of the request', async () => {
    await setFault('malformed');
    await client.send(EXAMPLE_REQUEST);
    await client.send(EXAMPLE_REQUEST, { headers: { authorization: 'Basic c2VjcmV0' } });
    await client.send(EXAMPLE_REQUEST.replace('"type":"owncard"', '"type":"1234567890"'));
    const log = logLines.join('');
    expect(log).toContain('"fault":"malformed"');
    for (const secret of ['1234567890', '+71044826548', 'c2VjcmV0', 'pass:word']) expect(log).not.toContain(secret);
  });

  it('end with DELETE /_control', async () => {
    await setFault('refuse', 0.5, 9);
    await control(sandbox, 'DELETE', '');
    expect(await (await control(sandbox, 'GET', '/faults')).json()).toEqual({ mode: 'none', rate: 1, seed: 1 });
    expect(await client.envelope(EXAMPLE_REQUEST)).toMatchObject({ resultCode: 0 });
  });
});
