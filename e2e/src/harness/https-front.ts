import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A proxy with a certificate, as companies put one in front of the public listener. */
export interface HttpsFront {
  readonly url: string;
  /** The value of NODE_EXTRA_CA_CERTS for those who trust it. */
  readonly caFile: string;
  /** Where it passes calls to; from then on it answers. */
  lead(to: string): void;
  stop(): Promise<void>;
}

export async function startHttpsFront(): Promise<HttpsFront> {
  const names = { name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'localhost' }] };
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { extensions: [names] });
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-front-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, cert);
  let target = '';
  const server = createServer({ cert, key }, (asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const passed = request(target + url, { method, headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    passed.once('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    caFile,
    lead: (to) => {
      target = to;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
