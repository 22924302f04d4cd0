import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** Answers a call; `call` counts from 1. */
export type Answer = (response: ServerResponse, call: Received, turn: number) => void;

export const noContent: Answer = (response) => void response.writeHead(204).end();

/** A producer's server on loopback: records every call, then answers as the test says. */
export async function startReceiver(answer: Answer = noContent): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const call = { path: url, headers, body: Buffer.concat(chunks).toString() };
      received.push(call);
      answer(response, call, received.length);
    });
  });
  return { url: `${await listening(server)}/hook`, received, close: () => closed(server) };
}

/** @recalls the base address of a server, at a free port of loopback */
export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
