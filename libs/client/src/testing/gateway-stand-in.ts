import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VestibuleClient } from '../client.js';
import type { ClientOptions } from '../transport.js';

export interface SeenCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, call: SeenCall) => void;

/** A real HTTP server that fails as a test wants it: the gateway itself cannot be made to. */
export interface GatewayStandIn {
  readonly url: string;
  readonly calls: SeenCall[];
  /** What the coming calls are answered, one after the other; the last one answers all further ones. */
  answers: Answer[];
  /** A client of it that pauses for no time worth mentioning. */
  client(options?: Partial<ClientOptions>): VestibuleClient;
  stop(): Promise<void>;
}

export async function startGatewayStandIn(): Promise<GatewayStandIn> {
  const calls: SeenCall[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const call = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      calls.push(call);
      const answer = standIn.answers.length > 1 ? standIn.answers.shift() : standIn.answers[0];
      answer?.(response, call);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const standIn: GatewayStandIn = {
    url,
    calls,
    answers: [],
    client: (options = {}) =>
      new VestibuleClient({ baseUrl: url, apiKey: 'key', retry: { firstPauseMs: 1, longestPauseMs: 2 }, ...options }),
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  return standIn;
}

export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(value));
  };

export const problem = (status: number, headers: Record<string, string> = {}): Answer =>
  json(status, { type: 'about:blank', title: 'Title', status, detail: `detail of ${status}` }, headers);

/** Cuts the connection instead of answering. */
export const cut: Answer = (response) => void response.destroy();

export const never: Answer = () => undefined;

/** A stream of events that stays open until `end` is called. */
export function eventStream(...texts: readonly string[]): { answer: Answer; end: () => void } {
  let ended: (() => void) | undefined;
  return {
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 2000\n\n');
      for (const text of texts) response.write(text);
      ended = () => response.end();
    },
    end: () => ended?.(),
  };
}
