import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from './signer.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';

const TOKEN = 'the-bearer-token';
let server: Server;
let port = 0;
let answer: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => {
  server.closeAllConnections();
});

afterAll(async () => {
  await once(server.close(), 'close');
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A service that signs with HMAC, so that its answer shows its input. */
const signing: RequestListener = (request, response) => {
  void bodyOf(request).then((body) => response.end(`${createHmac('sha1', 'test').update(body).digest('hex')}\n`));
};

function signerOf(options = '', keys = [{ text: TOKEN }]) {
  return createSigner(profileOf(`external:http://127.0.0.1:${port}/sign?token=query-secret${options}`), keys);
}

describe('an external service', () => {
  it('gets exactly the bytes and answers with the signature', async () => {
    answer = signing;
    const { headers } = await signerOf().sign(requestWith());
    expect(headers).toEqual({ 'X-Signature': 'e5347a2bd88fecf3555da82c08bec850c067cc9b' });
  });

  it('gets a POST to its whole URL, as bytes, with the key as a bearer token', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      const { method, url, headers } = request;
      seen.push([method, url, headers['content-type'], headers.authorization, headers['content-length']]);
      response.end('signature');
    };
    await signerOf().sign(requestWith());
    await signerOf('', []).sign(requestWith());
    const common = ['POST', '/sign?token=query-secret', 'application/octet-stream'];
    expect(seen).toEqual([
      [...common, `Bearer ${TOKEN}`, String(TROIKA_BODY.length)],
      [...common, undefined, String(TROIKA_BODY.length)],
    ]);
  });

  it('may give binary, which is then encoded', async () => {
    answer = (_, response) => response.end(Buffer.from([0x30, 0x82, 0x01]));
    const { headers } = await signerOf(';encoding=base64').sign(requestWith());
    expect(headers).toEqual({ 'X-Signature': 'MIIB' });
  });

  it('verifies by signing again', async () => {
    answer = signing;
    const signer = signerOf();
    const { headers } = await signer.sign(requestWith());
    expect(await signer.verify(requestWith(), asReceived(headers))).toBe(true);
    expect(await signer.verify(requestWith({ body: Buffer.from('other') }), asReceived(headers))).toBe(false);
  });
});

describe('an external service that does not do its work', () => {
  it.each<[string, RequestListener, string, string, RegExp]>([
    [
      'answers 500 and says the key',
      (request, response) => response.writeHead(500).end(request.headers.authorization),
      '',
      'external-failed',
      /the signature service 127\.0\.0\.1:\d+ answered with HTTP 500/,
    ],
    [
      'sends the request elsewhere',
      (_, response) => response.writeHead(307, { location: '/elsewhere' }).end(),
      '',
      'external-failed',
      /HTTP 307/,
    ],
    ['never answers', () => undefined, ';timeout-ms=200', 'external-timeout', /gave no signature within 200 ms/],
    [
      'never ends its answer',
      (_, response) => response.write('abc'),
      ';timeout-ms=200',
      'external-timeout',
      /within 200 ms/,
    ],
    [
      'answers without end',
      (_, response) => {
        const more = (): void => {
          while (response.write(Buffer.alloc(1000, 'a')));
        };
        response.on('drain', more);
        more();
      },
      ';max-bytes=5000',
      'external-flood',
      /gave more than 5000 bytes/,
    ],
    [
      'cuts the connection',
      (request) => request.socket.destroy(),
      '',
      'external-unreachable',
      /cannot be reached \(\w+\)/,
    ],
    ['answers with nothing', (_, response) => response.end(), '', 'external-unusable', /gave an empty signature/],
    ['answers with a page', (_, response) => response.end('<p>подпись</p>'), '', 'external-unusable', /fits no header/],
  ])('%s: a typed error that shows no secret', async (_, listener, options, code, message) => {
    answer = listener;
    const failed = signerOf(options).sign(requestWith());
    await expect(failed).rejects.toMatchObject({ name: 'SignatureError', code });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/bearer|query-secret/i);
  });

  it('is not there: a typed error', async () => {
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const { port: free } = closed.address() as AddressInfo;
    await once(closed.close(), 'close');
    const signer = createSigner(profileOf(`external:http://127.0.0.1:${free}/`), []);
    await expect(signer.sign(requestWith())).rejects.toMatchObject({
      code: 'external-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each(['two words', 'line\nbreak', 'ключ'])('is refused with a key that is no bearer token: %j', (text) => {
    expect(() => signerOf('', [{ text }])).toThrow(expect.objectContaining({ code: 'key-unsuitable' }));
  });
});
