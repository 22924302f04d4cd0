import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CONTENT_TYPE,
  isAvailable,
  loyaltyError,
  matchLoyaltyRoute,
  type KoshelekApiVersion,
  type LoyaltyError,
} from '@vestibule/koshelek-contract';
import { OPERATIONS, type Result } from './operations.js';
import { Programme } from './programme.js';

export const LOGIN = 'wallet';
export const PASSWORD = 'reference-password';
const BASIC = Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64');

/** An answer before it is sent, for a mutation to change. */
export interface Reply {
  status: number;
  /** Names and values alternately, as sent. */
  headers: string[];
  body: Buffer;
}

/** A request, as a mutation sees it. */
export interface Asked {
  /** The contract's method; 0 for an unknown path or verb. */
  readonly method: number;
  readonly verb: string;
  /** Path and query, as received. */
  readonly target: string;
  readonly cardNumber: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  /** The bytes of the body as text. */
  readonly text: string;
  /** The JSON of the body, if it is any. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly programme: Programme;
}

/** What a deliberately broken server does differently: it may answer itself, or change the correct answer. */
export interface Breakage {
  readonly instead?: (asked: Asked) => Reply | undefined;
  /** The same, before credentials are checked. */
  readonly beforeCredentials?: (asked: Asked) => Reply | undefined;
  /** Cuts the connection instead of answering. */
  readonly cuts?: (asked: Asked) => boolean;
  readonly change?: (reply: Reply, asked: Asked) => void;
}

export interface ReferenceServer {
  readonly url: string;
  readonly programme: Programme;
  close(): Promise<void>;
}

/** Starts a server that follows every rule of the contract, except those that mutations break. */
export async function startReferenceServer(
  breakage: Breakage = {},
  apiVersion: KoshelekApiVersion = '1.3.0',
): Promise<ReferenceServer> {
  const programme = new Programme();
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const asked = understand(request, body, programme);
      const reply =
        breakage.beforeCredentials?.(asked) ??
        refuseStranger(request) ??
        breakage.instead?.(asked) ??
        answer(request, asked, body, apiVersion);
      breakage.change?.(reply, asked);
      if (breakage.cuts?.(asked) === true) {
        response.destroy();
        return;
      }
      response.writeHead(reply.status, reply.headers);
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    programme,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export function jsonReply(json: unknown, status = 200): Reply {
  return textReply(JSON.stringify(json), status);
}

export function errorReply(error: LoyaltyError): Reply {
  return jsonReply(error, 422);
}

export function textReply(text: string, status = 200): Reply {
  return { status, headers: ['Content-Type', CONTENT_TYPE], body: Buffer.from(text) };
}

function understand(request: IncomingMessage, body: Buffer, programme: Programme): Asked {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = matchLoyaltyRoute(request.method ?? '', belowV1(request));
  const text = body.toString('utf8');
  return {
    method: route.kind === 'method' ? route.method.number : 0,
    verb: request.method ?? '',
    target: request.url ?? '',
    cardNumber: route.kind === 'method' ? (route.cardNumber ?? '') : '',
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    text,
    json: parse(text) as Readonly<Record<string, unknown>> | undefined,
    programme,
  };
}

/** The path after `/v1`. */
function belowV1({ url = '/' }: IncomingMessage): string {
  return /\/v1(\/[^?]*)/.exec(url)?.[1] ?? '';
}

function refuseStranger(request: IncomingMessage): Reply | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(/ +/);
  if (scheme?.toLowerCase() === 'basic' && token === BASIC) return undefined;
  const reply = jsonReply(loyaltyError('wrongCredentials'), 401);
  reply.headers.push('WWW-Authenticate', 'Basic realm="Loyalty"');
  return reply;
}

function answer(request: IncomingMessage, asked: Asked, body: Buffer, apiVersion: KoshelekApiVersion): Reply {
  const route = matchLoyaltyRoute(asked.verb, belowV1(request));
  switch (route.kind) {
    case 'unknown-path':
      return errorReply(loyaltyError('unknownPath'));
    case 'wrong-verb':
      return errorReply(loyaltyError('wrongVerb', { verb: asked.verb, allowed: route.allowed.join(', ') }));
    case 'bad-card-number':
      return errorReply(loyaltyError('badCardNumber', { limit: 50 }));
    case 'method': {
      const { operation, since } = route.method;
      if (!isAvailable(route.method, apiVersion)) {
        return errorReply(loyaltyError('methodNotInVersion', { version: apiVersion, since }));
      }
      if (!Buffer.from(asked.text).equals(body)) return errorReply(loyaltyError('notUtf8'));
      if (asked.text !== '' && asked.json === undefined) return errorReply(loyaltyError('malformedJson'));
      return write(OPERATIONS[operation]({ ...asked, body: asked.json }));
    }
  }
}

function write(result: Result): Reply {
  if (result === 'empty') return textReply('');
  return 'error' in result ? errorReply(result.error) : jsonReply(result.json);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The caller asks whether it is JSON.
    return undefined;
  }
}
