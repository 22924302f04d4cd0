import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { SIGNATURE_HEADER, signCall, TIMESTAMP_HEADER } from './sign-call.js';
import { KEY, listen, loadExample, programmeAt, stop } from './testing/own-system.js';

const PROFILE = { phone: '79161234567', surname: 'Иванова' };

describe('the signature of a call', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const { createProgramme, createProgrammeServer } = await loadExample();
    server = createProgrammeServer(createProgramme(), KEY);
    url = await listen(server);
  });
  afterAll(() => stop(server));

  it('is accepted by the example, below any path', async () => {
    const issued = await programmeAt(`${url}/loyalty/v2`).issueCard(PROFILE);
    expect(issued).toMatchObject({ kind: 'done', value: { cardState: 'active' } });
    expect(await programmeAt(url).findCard({ msisdn: PROFILE.phone })).toEqual(issued);
  });

  it('is refused by the example when another key made it', async () => {
    await expect(programmeAt(url, { key: KEY.replace('0', '1') }).issueCard(PROFILE)).rejects.toMatchObject({
      failure: 'ownSystemRefused',
    });
  });

  it.each([
    ['as it was signed', {}, 200],
    ['with another body', { body: '{"msisdn":"79160000000"}' }, 401],
    ['to another path', { path: '/listPhones' }, 401],
    ['with another time', { timestamp: 1 }, 401],
    ['without a signature', { signature: '' }, 401],
  ])('makes the example accept only a call %s', async (_how, change: Record<string, string | number>, status) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const call = {
      timestamp,
      method: 'POST',
      path: '/findCard',
      body: '{"msisdn":null,"email":null,"birthDate":null}',
    };
    const sent = { ...call, signature: signCall(KEY, call), ...change };
    const headers = { [TIMESTAMP_HEADER]: String(sent.timestamp), [SIGNATURE_HEADER]: sent.signature };
    expect((await fetch(url + sent.path, { method: 'POST', headers, body: sent.body })).status).toBe(status);
  });

  it('is refused by the example when it is old', async () => {
    const call = { timestamp: Math.floor(Date.now() / 1000) - 3600, method: 'POST', path: '/listPhones', body: '{}' };
    const headers = { [TIMESTAMP_HEADER]: String(call.timestamp), [SIGNATURE_HEADER]: signCall(KEY, call) };
    expect((await fetch(url + call.path, { method: 'POST', headers, body: call.body })).status).toBe(401);
  });

  it('equals the one that the documentation computes', async () => {
    const page = await readFile(
      fileURLToPath(new URL('../../../../../../docs/card-program.md', import.meta.url)),
      'utf8',
    );
    const [, timestamp = '', method = '', path = '', body = ''] =
      /```\n(\d{10})\n(POST)\n(\/\S+)\n(\{.*\})\n```/.exec(page) ?? [];
    expect(page).toContain(signCall(KEY, { timestamp: Number(timestamp), method, path, body }));
  });
});
