import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { Webhook } from 'standardwebhooks';
import { SECRETS } from './gateway-process.js';

/** A callback that arrived and verified. */
export interface CallbackCall {
  /** The received body. */
  readonly text: string;
  readonly id: string;
  /** The trace that it belongs to. */
  readonly traceparent: string | undefined;
  /** What the receiver answered. */
  readonly status: number;
  readonly event: {
    readonly type: string;
    readonly data: {
      readonly order: { readonly id: string; readonly status: string; readonly metadata: unknown };
      readonly ticket?: { readonly orderTariffId: number; readonly status: string };
    };
  };
}

export interface CallbackReceiver {
  readonly url: string;
  /** For gateways that call it: they trust its certificate, and may come to loopback. */
  readonly env: Readonly<Record<string, string>>;
  readonly calls: readonly CallbackCall[];
  /** Chooses the status of an answer; `call` counts from 1; 0 answers nothing. */
  answer: (call: number) => number;
  close(): Promise<void>;
}

/**
 * A producer's server as one would build it: HTTPS, and the official library verifies every call.
 *
 * @param names that its certificate is for, beside its address
 */
export async function startCallbackReceiver(names: readonly string[] = []): Promise<CallbackReceiver> {
  const altNames = [{ type: 7 as const, ip: '127.0.0.1' }, ...names.map((value) => ({ type: 2 as const, value }))];
  const made = await generate([{ name: 'commonName', value: 'a producer' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-receiver-'));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, made.cert);
  const [, secret = ''] = SECRETS.CALLBACK_SECRETS.split(':');
  const webhook = new Webhook(secret);
  const calls: CallbackCall[] = [];
  const server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      // What does not verify is answered 401 and not in the list.
      try {
        const text = Buffer.concat(chunks).toString();
        const event = webhook.verify(text, request.headers as Record<string, string>);
        const status = receiver.answer(calls.length + 1);
        const { 'webhook-id': id, traceparent } = request.headers as Record<string, string | undefined>;
        calls.push({ text, id: String(id), traceparent, status, event: event as CallbackCall['event'] });
        if (status !== 0) response.writeHead(status).end();
      } catch {
        response.writeHead(401).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: CallbackReceiver = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    env: { NODE_EXTRA_CA_CERTS: authority, CALLBACK_ALLOWED_NETWORKS: '127.0.0.0/8' },
    calls,
    answer: () => 204,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(folder, { recursive: true });
    },
  };
  return receiver;
}
