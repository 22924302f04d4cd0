import { expect, it } from '@jest/globals';
import { connect, type AddressInfo } from 'node:net';
import { createFastify } from './fastify.js';

it('100 Continue stands in front of an answer and never inside one, also for a request behind another', async () => {
  const instance = createFastify({
    answerFault: () => ({ status: 400, contentType: 'text/plain', body: '' }),
    bodyLimit: 1_024,
  });
  instance.get('/', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return Buffer.from('whole');
  });
  await instance.listen({ host: '127.0.0.1', port: 0 });
  const { port } = instance.server.address() as AddressInfo;
  const ask = (bytes: string): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.setEncoding('latin1').on('data', (piece: string) => (text += piece));
      socket.once('close', () => resolve(text));
    });
  const get = (...lines: string[]): string => ['GET / HTTP/1.1', 'Host: a', ...lines, '', ''].join('\r\n');
  const last = ['Connection: close', 'Expect: 100-continue'];
  expect(await ask(get(...last))).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [^]*\r\n\r\nwhole$/);
  const answers = (await ask(get() + get(...last))).split('HTTP/1.1 ').slice(1);
  expect(answers).toEqual([
    expect.stringMatching(/^200 [^]*\r\n\r\nwhole$/),
    expect.stringMatching(/^200 [^]*\r\n\r\nwhole$/),
  ]);
  await instance.close();
});
