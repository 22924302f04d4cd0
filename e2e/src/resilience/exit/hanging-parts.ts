import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { openEventStream } from '../../harness/event-stream.js';
import type { GatewayProcess } from '../../harness/gateway-process.js';
import { unique } from '../../harness/queues.js';
import { until } from '../../harness/until.js';
import type { ExitEnvironment } from './environment.js';

/** A part around a process that hangs when the process receives the signal to end. */
export interface HangingPart {
  readonly part: string;
  /** What the process needs for it. */
  readonly env?: (environment: ExitEnvironment) => Readonly<Record<string, string>>;
  /** Lets it hang. @returns ends that, once the process is gone */
  readonly hang: (environment: ExitEnvironment, gateway: GatewayProcess) => Promise<() => Promise<unknown>>;
}

const AUTHORIZED = 'Host: gateway\r\nAuthorization: Bearer test-orders-key\r\n';
/** Together more than the buffers of two sockets take. */
const UNREAD_ANSWERS = 500;
const IMPORT_LINES = 400_000;

async function openSocket(url: string, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const overSocket =
  (bytes: string) =>
  async (_environment: ExitEnvironment, { internalUrl }: GatewayProcess): Promise<() => Promise<unknown>> => {
    const socket = await openSocket(internalUrl, bytes);
    return () => Promise.resolve(socket.destroy());
  };

const withRedis = ({ redisLine }: ExitEnvironment): Record<string, string> => ({ REDIS_URL: redisLine?.url ?? '' });

export const CLIENT_PARTS: readonly HangingPart[] = [
  {
    part: 'half a request',
    hang: overSocket(
      `POST /orders HTTP/1.1\r\n${AUTHORIZED}Content-Type: application/json\r\nIdempotency-Key: half\r\nContent-Length: 100\r\n\r\n{"order":`,
    ),
  },
  { part: 'half of the headers of a request', hang: overSocket(`GET /orders HTTP/1.1\r\n${AUTHORIZED}`) },
  { part: 'a connection without a request', hang: overSocket('') },
  {
    part: 'answers that no one reads',
    hang: async (_environment, { internalUrl }) => {
      const socket = await openSocket(internalUrl, '');
      socket.pause();
      socket.write(`GET /openapi.json HTTP/1.1\r\n${AUTHORIZED}\r\n`.repeat(UNREAD_ANSWERS));
      return () => Promise.resolve(socket.destroy());
    },
  },
  {
    part: 'a kept-alive connection',
    hang: async (_environment, { internalUrl }) => {
      const socket = await openSocket(internalUrl, `GET /admin/health/live HTTP/1.1\r\n${AUTHORIZED}\r\n`);
      await once(socket, 'data');
      return () => Promise.resolve(socket.destroy());
    },
  },
  {
    part: 'an open event stream',
    hang: async (environment, gateway) => {
      const { id } = await environment.order(gateway);
      const stream = await openEventStream(gateway, id);
      return () => stream.close();
    },
  },
  {
    part: 'an import under way',
    hang: async (_environment, { internalUrl }) => {
      const lines = Array.from({ length: IMPORT_LINES }, (_, n) => `N${n};7916${String(n).padStart(7, '0')}`);
      const response = await fetch(`${internalUrl}/admin/import/clients`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
        body: `card_number;phone\n${lines.join('\n')}\n`,
      });
      const said = response.text().catch(() => '');
      return () => said;
    },
  },
];

export const PEER_PARTS: readonly HangingPart[] = [
  {
    part: 'a card system that hangs',
    env: ({ hole }) => ({ CARD_PROGRAM: hole.url, CARD_PROGRAM_KEY: 'test-card-program-key-of-32-chars' }),
    hang: async ({ hole }, { publicUrl }) => {
      const answer = fetch(`${publicUrl}/v1/card?msisdn=79160000007`, {
        headers: { authorization: `Basic ${btoa('wallet:test-wallet-password')}` },
      }).catch(() => undefined);
      await until('the card system is asked', () => Promise.resolve(hole.held > 0 ? true : undefined));
      return () => answer;
    },
  },
  {
    part: 'a receiver of callbacks that hangs',
    hang: async (environment, gateway) => {
      const before = environment.hole.held;
      await environment.order(gateway, {
        callbackUrl: `${environment.hole.url.replace('http:', 'https:')}/${unique('callbacks')}`,
      });
      await until('the receiver is called', () => Promise.resolve(environment.hole.held > before ? true : undefined));
      return () => Promise.resolve();
    },
  },
  {
    part: 'a partner that never answers',
    hang: async (environment, gateway) => {
      const before = environment.sentCards().length;
      environment.silencePartner(true);
      for (let count = 0; count < 3; count += 1) await environment.order(gateway);
      await until('the partner has the orders', () =>
        Promise.resolve(environment.sentCards().length >= before + 3 ? true : undefined),
      );
      return () => Promise.resolve(environment.silencePartner(false));
    },
  },
];

export const SERVER_PARTS: readonly HangingPart[] = [
  {
    part: 'PostgreSQL gone',
    hang: async ({ databaseLine }) => {
      await databaseLine.cut();
      return () => databaseLine.mend();
    },
  },
  {
    part: 'PostgreSQL silent',
    hang: ({ databaseLine, database, hole }) => {
      databaseLine.silence();
      databaseLine.leadTo(hole.url);
      return Promise.resolve(() => Promise.resolve(databaseLine.leadTo(database.url)));
    },
  },
];

export const REDIS_PARTS: readonly HangingPart[] = [
  {
    part: 'Redis gone',
    env: withRedis,
    hang: async ({ redisLine }) => {
      await redisLine?.cut();
      return async () => redisLine?.mend();
    },
  },
  {
    part: 'Redis silent',
    env: withRedis,
    hang: ({ redisLine, hole }) => {
      redisLine?.silence();
      redisLine?.leadTo(hole.url);
      return Promise.resolve(() => Promise.resolve(redisLine?.leadTo(process.env['TEST_REDIS_URL'] ?? '')));
    },
  },
];

/** Several of them at once. */
export function together(part: string, parts: readonly HangingPart[]): HangingPart {
  return {
    part,
    env: (environment) => Object.assign({}, ...parts.map(({ env }) => env?.(environment))) as Record<string, string>,
    hang: async (environment, gateway) => {
      const ends: (() => Promise<unknown>)[] = [];
      for (const { hang } of parts) ends.push(await hang(environment, gateway));
      return () => Promise.all(ends.map((end) => end()));
    },
  };
}
