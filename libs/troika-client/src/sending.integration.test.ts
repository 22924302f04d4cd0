import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { decodeRequest } from '@vestibule/envelope';
import type { Signer } from '@vestibule/signer';
import { answering } from './testing/answers.js';
import { CREDENTIALS, makeClient, makeSigner, SECRETS, EXAMPLE_BODY } from './testing/clients.js';
import { observeCall } from './testing/observe-call.js';
import type { ReceivedRequest } from './testing/request-reader.js';
import { type RawServer, startRawServer } from './testing/raw-server.js';

/** What the partner computes over the bytes that arrived. */
function hmacSha1(bytes: Buffer): string {
  return createHmac('sha1', SECRETS.signatureKey).update(bytes).digest('hex');
}

async function withServer<T>(work: (server: RawServer, url: string) => Promise<T>): Promise<T> {
  const server = await startRawServer({ onRequest: answering() });
  try {
    return await work(server, `http://127.0.0.1:${server.port}/api/v3?agent=1`);
  } finally {
    await server.close();
  }
}

async function onlyRequest(options: Parameters<typeof observeCall>[1] = {}): Promise<ReceivedRequest> {
  const { server } = await observeCall({ onRequest: answering() }, options);
  return server.requests[0]!;
}

function timeOf(request: ReceivedRequest): unknown {
  const decoded = decodeRequest(request.body);
  return decoded.ok ? decoded.request.head['time'] : undefined;
}

const byText = (one: string, other: string): number => one.localeCompare(other);

describe('the sent request', () => {
  it("is the vendor's example byte for byte", async () => {
    const { body } = await onlyRequest({ client: { now: () => new Date('2022-04-21T21:21:02.000Z') } });
    expect(body.toString('utf8')).toBe(
      '{"message":{"head":{"type":"app_create_order","terminalId":"bus_f78a8a6aa7fb3d5","languageId":"ru",' +
        '"phone":"+73946027654","time":"2022-04-22 00:21:02 +03:00"},"body":{"orderData":[{"cardNumber":"1234567890",' +
        '"currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}}}',
    );
    expect(body).toHaveLength(299);
  });

  it('has exactly the signed bytes', async () => {
    await withServer(async (server, url) => {
      const bodies = [EXAMPLE_BODY, { name: 'Ёж — ☃ "\\" \u2028 </script>' }, {}, undefined];
      for (const body of bodies) expect((await makeClient(url).call('app_create_order', body)).kind).toBe('answered');
      expect(server.requests).toHaveLength(bodies.length);
      for (const { headers, body } of server.requests) expect(headers.get('X-Signature')).toBe(hmacSha1(body));
    });
  });

  it('is signed with its path and query', async () => {
    const signer = makeSigner('hmac-sha256:hex');
    const seen: { path: string; query: string; method: string; contentType: string }[] = [];
    const watching: Signer = {
      ...signer,
      sign: (request) => {
        seen.push(request);
        return signer.sign(request);
      },
    };
    const { requestLine, headers } = await onlyRequest({ client: { signer: watching } });
    expect(requestLine).toBe('POST /api/v3?agent=1 HTTP/1.1');
    expect(seen).toMatchObject([
      { method: 'POST', path: '/api/v3', query: 'agent=1', contentType: headers.get('Content-Type') },
    ]);
  });

  it('carries the headers of the contract and no others', async () => {
    const { headers, body } = await onlyRequest();
    expect(Object.fromEntries(headers)).toEqual({
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'Accept-Encoding': 'identity',
      'User-Agent': expect.stringMatching(/^[\w-]+\/[\d.]+ \([\w-]+ [\d.]+\)$/),
      Authorization: `Basic ${CREDENTIALS}`,
      'X-Signature': hmacSha1(body),
      Host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      'Content-Length': String(body.length),
      Connection: 'close',
    });
  });

  it('spells the five headers of the contract as it does, because a receiver may look them up so', async () => {
    const { headers } = await onlyRequest();
    const names = ['Content-Type', 'Accept', 'User-Agent', 'Authorization', 'X-Signature'];
    expect([...headers.keys()].filter((name) => names.includes(name)).toSorted(byText)).toEqual(names.toSorted(byText));
  });

  it('has a new time and a new signature on every call', async () => {
    await withServer(async (server, url) => {
      let seconds = 0;
      const client = makeClient(url, { now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++)) });
      for (let call = 0; call < 3; call += 1) await client.call('app_create_order', EXAMPLE_BODY);
      expect(server.requests.map(timeOf)).toEqual([
        '2026-01-01 03:00:00 +03:00',
        '2026-01-01 03:00:01 +03:00',
        '2026-01-01 03:00:02 +03:00',
      ]);
      expect(new Set(server.requests.map(({ headers }) => headers.get('X-Signature'))).size).toBe(3);
    });
  });

  it('uses a new connection even if the server keeps the last one open', async () => {
    await withServer(async (server, url) => {
      const client = makeClient(url);
      for (let call = 0; call < 3; call += 1) await client.call('app_get_region', undefined);
      expect(server.connections()).toBe(3);
    });
  });

  it('names the key that signed, and nothing of it', async () => {
    const { result } = await observeCall({ onRequest: answering() });
    expect(result.keyId).toMatch(/^[\da-f]{8}$/);
  });
});

describe('our credentials in an answer are masked', () => {
  const spellings = [CREDENTIALS, CREDENTIALS.replaceAll('/', '\\/')];

  it.each(spellings)('in an error page that repeats the headers: %s', async (credentials) => {
    const body = `{"headers":{"authorization":"Basic ${credentials}"}}`;
    const { result } = await observeCall({ onRequest: answering({ status: '500 Debug', body }) });
    expect(result).toMatchObject({ kind: 'unknown', received: expect.stringContaining('Basic ****') });
  });

  it('in the message of a refusal', async () => {
    const body = `{"message":{"head":{"resultCode":9,"resultMessage":"Неверно: ${CREDENTIALS}"}}}`;
    const { result } = await observeCall({ onRequest: answering({ body }) });
    expect(result).toMatchObject({
      kind: 'answered',
      answer: { resultCode: 9, resultMessage: `Неверно: ${'*'.repeat(CREDENTIALS.length)}` },
    });
  });

  it('in an answer that breaks off', async () => {
    const { result } = await observeCall({
      onRequest: (socket) => void socket.end(`HTTP/1.1 500 No\r\nContent-Length: 999\r\n\r\n${CREDENTIALS}`),
    });
    expect(result).toMatchObject({ kind: 'unknown', reason: 'cut-answer', received: '*'.repeat(CREDENTIALS.length) });
  });
});
