import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { TlsConfig } from '../config/config.js';
import { answerHalfClosed, continueInTurn, endBehindUpgrade } from './odd-connections.js';
import { requireReadableQuery, routableUrl } from './address.js';
import { answerRaw, type RawAnswer } from './answer-raw.js';
import { closeConnections, type StopSignals } from './close-connections.js';
import type { Admission } from './connections/admission.js';
import { closeUnreadAnswers } from './connections/close-unread-answers.js';
import { limitArrival } from './connections/limit-arrival.js';
import { limitPipelining } from './connections/limit-pipelining.js';
import { acceptJson } from './json-body.js';
import { readRestOfRequest } from './drain-request.js';
import { requestIdOf } from './request-id.js';
import { addSecurityHeaders } from './security-headers.js';
import { requireSoundHead } from './sound-head.js';
import { readTlsOptions } from './tls/tls-options.js';
import { faultOf, type TransportFault } from './transport-fault.js';

/** What a route takes where it differs from the others of its listener. */
export interface RouteLimits {
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
  /** How long a body may take to arrive. */
  readonly arrivalMs?: number;
}

export interface FastifyOptions {
  /** How this listener answers a fault of the transport. */
  readonly answerFault: (fault: TransportFault) => RawAnswer;
  /** The largest body taken, in bytes. */
  readonly bodyLimit: number;
  /** Routes with limits of their own, by their address. */
  readonly routeLimits?: Readonly<Record<string, RouteLimits>>;
  /** How long the headers and the body of a request may take to arrive, each; 30 s unless said otherwise. */
  readonly requestTimeoutMs?: number;
  readonly tls?: TlsConfig | undefined;
  /** The routes read the path from `originalUrl`, and judge its escapes themselves. */
  readonly ownPaths?: boolean;
  /** Addresses and networks whose `X-Forwarded-For` is believed; none unless given. */
  readonly trustedProxies?: readonly string[];
  /** Counts connections and refuses those beyond the limits; unless given, all are taken. */
  readonly admission?: Admission;
  /** How the process ends; unless given, closing the listener is all there is. */
  readonly stop?: StopSignals;
}

/** A request must have arrived within this time, so that slow senders cannot hold sockets. */
const REQUEST_TIMEOUT_MS = 30_000;
/** When a caller that had no room may come again. */
const RETRY_AFTER_SECS = 5;

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
  routeLimits = {},
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
  tls,
  ownPaths = false,
  trustedProxies = [],
  admission,
  stop = { begun: new AbortController().signal, broken: new AbortController().signal },
}: FastifyOptions): FastifyInstance {
  const arrivalMs = (url = ''): number => routeLimits[url]?.arrivalMs ?? requestTimeoutMs;
  const instance = fastify({
    logger: false,
    bodyLimit,
    genReqId: requestIdOf,
    // Node has one limit for all routes: the longest.
    requestTimeout: Math.max(requestTimeoutMs, ...Object.keys(routeLimits).map(arrivalMs)),
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
    ...(tls === undefined ? { http: HTTP_OPTIONS } : { https: { ...HTTP_OPTIONS, ...readTlsOptions(tls) } }),
  }) as FastifyInstance;
  const { server } = instance;
  const refuse = answerFault('too-many-connections');
  const retryAfter = { 'Retry-After': String(RETRY_AFTER_SECS) };
  admission?.guard(server, tls === undefined ? (socket) => answerRaw(socket, refuse, retryAfter) : undefined);
  limitPipelining(server);
  closeUnreadAnswers(server);
  // Were it the longer one, Node would exchange the two.
  server.headersTimeout = Math.min(requestTimeoutMs, REQUEST_TIMEOUT_MS);
  answerOddCallers(server, answerFault('not-found'));
  // Passed over, as RFC 9110 (10.1.1) allows: Node itself would answer 417.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  instance.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id);
    next();
  });
  endBehindUpgrade(instance);
  instance.addHook('onRequest', requireSoundHead);
  instance.addHook('onRequest', requireReadableQuery);
  limitArrival(instance, arrivalMs, (socket) => answerRaw(socket, answerFault('timeout')));
  addSecurityHeaders(instance, { isEncrypted: tls !== undefined });
  instance.addHook('onSend', readRestOfRequest);
  acceptJson(instance);
  continueInTurn(instance);
  answerHalfClosed(instance);
  closeConnections(instance, stop);
  instance.addHook('onRoute', (route) => {
    const own = routeLimits[route.url]?.bodyLimit;
    if (own !== undefined) route.bodyLimit = own;
  });
  return instance;
}

/** Node closes on whom it understands and does not serve; such a caller gets an answer too. */
function answerOddCallers(server: Server, noTunnel: RawAnswer): void {
  server.on('connect', (_request, socket) => {
    // Node has let go of it.
    socket.on('error', () => socket.destroy());
    answerRaw(socket as Socket, noTunnel);
  });
}
