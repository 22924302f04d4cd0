import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import type { HttpProgramConfig } from '../../../../config/config.js';
import { createLogger } from '../../../../core/logger.js';
import { HttpCardProgram } from '../http-card-program.js';

export const KEY = '0123456789abcdef0123456789abcdef';

export interface Call {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the stand-in does with a call: it answers, or does not. */
export type Behaviour = (response: ServerResponse, call: Call) => void;

/** A company's own system, controlled by a test. */
export interface OwnSystemStandIn {
  readonly url: string;
  readonly calls: readonly Call[];
  behaviour: Behaviour;
  stop(): Promise<void>;
}

export async function startOwnSystem(behaviour: Behaviour = answer(200, { card: null })): Promise<OwnSystemStandIn> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = { path: request.url ?? '', headers: request.headers, body };
      calls.push(call);
      standIn.behaviour(response, call);
    });
  });
  const standIn = { url: `${await listen(server)}/programme`, calls, behaviour, stop: () => stop(server) };
  return standIn;
}

/** Starts a server on a free port of loopback, and gives its address. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

export function answer(status: number, body?: unknown, contentType = 'application/json'): Behaviour {
  return (response) => {
    if (body === undefined) response.writeHead(status).end();
    else {
      const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': contentType }).end(bytes);
    }
  };
}

export const silence: Behaviour = () => undefined;
export const hangUp: Behaviour = (response) => response.destroy();

/** The adapter; by default with long timeouts and a breaker that opens late. */
export function programmeAt(url: string, config: Partial<HttpProgramConfig> = {}): HttpCardProgram {
  const limits = { timeoutMs: 10_000, deadlineMs: 20_000, pauseAfter: 1000, pauseMs: 60_000 };
  return new HttpCardProgram({ url, key: KEY, ...limits, ...config }, createLogger('silent'));
}

/** What docs/examples/card-program offers. */
export interface Example {
  readonly createProgramme: () => Record<string, unknown>;
  readonly createProgrammeServer: (operations: Record<string, unknown>, key: string) => Server;
}

export async function loadExample(): Promise<Example> {
  const load = async (name: string): Promise<Partial<Example>> =>
    (await import(
      fileURLToPath(new URL(`../../../../../../../docs/examples/card-program/${name}.mjs`, import.meta.url))
    )) as Partial<Example>;
  return { ...(await load('programme')), ...(await load('serve')) } as Example;
}
