import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { TlsConfig } from '../config/config.js';
import { answerHalfClosed, continueInTurn } from './odd-connections.js';
import { requireReadableQuery, routableUrl } from './address.js';
import { closeConnections, type StopSignals } from './close-connections.js';
import { acceptJson } from './json-body.js';
import { readToEndBeforeAnswer } from './drain-request.js';
import { requestIdOf } from './request-id.js';
import { faultOf, type TransportFault } from './transport-fault.js';

/** One whole answer, as a listener gives it to a request that reached none of its methods. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface FastifyOptions {
  /** How this listener answers a fault of the transport. */
  readonly answerFault: (fault: TransportFault) => RawAnswer;
  /** The largest body taken, in bytes. */
  readonly bodyLimit: number;
  /** Calls that take larger ones: the limit in bytes by path. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
  /** How long a request may take to arrive, headers and body; 30 s unless said otherwise. */
  readonly requestTimeoutMs?: number;
  readonly tls?: TlsConfig | undefined;
  /** The routes read the path from `originalUrl`, and judge its escapes themselves. */
  readonly ownPaths?: boolean;
  /** Addresses and networks whose `X-Forwarded-For` is believed; none unless given. */
  readonly trustedProxies?: readonly string[];
  /** How the process ends; unless given, closing the listener is all there is. */
  readonly stop?: StopSignals;
}

/** A request must have arrived within this time, so that slow senders cannot hold sockets. */
const REQUEST_TIMEOUT_MS = 30_000;

/** How long a caller that we cannot understand may take to read our answer and hang up. */
const LINGER_MS = 2_000;

const HTTP_OPTIONS = {
  /** Node itself would answer a request without a Host with an empty 400; a listener has its own error. */
  requireHostHeader: false,
  /** How often Node looks for requests that take too long to arrive; left alone, a slow sender had twice its time. */
  connectionsCheckingInterval: 1_000,
};

/** A Fastify server that answers in its listener's own words even where the request is too broken to be routed. */
export function createFastify({
  answerFault,
  bodyLimit,
  bodyLimits = {},
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
  tls,
  ownPaths = false,
  trustedProxies = [],
  stop = { begun: new AbortController().signal, broken: new AbortController().signal },
}: FastifyOptions): FastifyInstance {
  const instance = fastify({
    logger: false,
    bodyLimit,
    genReqId: requestIdOf,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    forceCloseConnections: 'idle',
    // Who got through while we close is answered as at any other time, and in the words of the listener.
    return503OnClosing: false,
    // As long as a request line may be: what is too long for its purpose, the method itself says.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16 * 1024 },
    ...(ownPaths ? { rewriteUrl: routableUrl } : {}),
    clientErrorHandler: (error, socket) => answerRaw(socket, answerFault(faultOf(error))),
    frameworkErrors: (error, { id }, reply) => {
      const { status, contentType, body } = answerFault(faultOf(error));
      // As bytes: to a text Fastify would add a charset.
      const headers = { 'content-type': contentType, 'x-request-id': id };
      void (reply as FastifyReply).code(status).headers(headers).send(Buffer.from(body));
    },
    ...(tls === undefined ? { http: HTTP_OPTIONS } : { https: { ...HTTP_OPTIONS, ...readTlsFiles(tls) } }),
  }) as FastifyInstance;
  // Were it the longer one, Node would exchange the two.
  instance.server.headersTimeout = Math.min(requestTimeoutMs, REQUEST_TIMEOUT_MS);
  // Passed over, as RFC 9110 (10.1.1) allows: Node itself would answer 417.
  instance.server.on('checkExpectation', (request, response) => instance.server.emit('request', request, response));
  instance.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id);
    next();
  });
  instance.addHook('onRequest', requireReadableQuery);
  instance.addHook('onSend', readToEndBeforeAnswer);
  acceptJson(instance);
  continueInTurn(instance);
  answerHalfClosed(instance);
  closeConnections(instance, stop);
  instance.addHook('onRoute', (route) => {
    const own = bodyLimits[route.url];
    if (own !== undefined) route.bodyLimit = own;
  });
  return instance;
}

/** Answers on a bare socket: the parser gave up, so there is no response object to answer with. */
function answerRaw(socket: Socket, { status, contentType, body }: RawAnswer): void {
  // Bytes after our answer cause another error; they are read and discarded.
  if (socket.writableEnded) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    // What the caller calls it cannot be read.
    `X-Request-Id: ${randomUUID()}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function readTlsFiles({ certFile, keyFile, clientCaFile }: TlsConfig) {
  return {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    ...(clientCaFile === undefined
      ? {}
      : { ca: readFileSync(clientCaFile), requestCert: true, rejectUnauthorized: true }),
  };
}
