import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { readRetryAfter } from '@vestibule/troika-client';
import { checkedLookup, ForbiddenTargetError, requireAllowedAddress, type Resolve } from './checked-lookup.js';
import { openCheckedTunnel, TunnelError, type TunnelWay } from './checked-tunnel.js';
import { LookupError } from './name-resolver.js';
import type { Network } from './special-networks.js';

/** One call of a receiver, ready to be sent. */
export interface WebhookCall {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CallLimits {
  /** From resolving the name to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly allowedNetworks: readonly Network[];
  readonly resolve: Resolve;
  /** Through which proxy; absent: directly. */
  readonly way?: TunnelWay | undefined;
}

/** Why no answer came. */
export type CallFailure = 'forbidden-target' | 'dns' | 'dns-timeout' | 'connection' | 'tls' | 'timeout' | 'bad-answer';

export type WebhookOutcome =
  /** A status came; what the body says is no one's business. How long it asks to be left alone, if it does. */
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly retryAfterSecs: number | undefined }
  /** `detail` is for the producer: it holds no secret and nothing the receiver wrote. */
  | { readonly kind: 'failed'; readonly reason: CallFailure; readonly detail: string };

/** A receiver answers with a status and perhaps a word; what is longer is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_ANSWER_HEADER_BYTES = 16 * 1024;
const SWITCHING = 101;

/**
 * Calls a receiver once, over a new connection. The host is resolved and checked here, the connection goes to the
 * checked address, directly or through a proxy, and redirects are not followed.
 *
 * @returns the outcome; it never throws
 */
export function postWebhook({ url, headers, body }: WebhookCall, limits: CallLimits): Promise<WebhookOutcome> {
  const { timeoutMs, allowedNetworks, resolve, way } = limits;
  return new Promise((done) => {
    const isTls = url.protocol === 'https:';
    const ended = new AbortController();
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.byteLength },
      maxHeaderSize: MAX_ANSWER_HEADER_BYTES,
      ...(way === undefined
        ? { agent: false, lookup: checkedLookup(allowedNetworks, resolve) }
        : { createConnection: throughTunnel(url, way, limits, ended.signal) }),
    };
    let call: ReturnType<typeof requestHttp> | undefined;
    // The status is the receiver's word, whatever becomes of what follows it.
    let answered: WebhookOutcome | undefined;
    const end = (otherwise: WebhookOutcome): void => {
      clearTimeout(deadline);
      done(answered ?? otherwise);
      // A request that has ended is not affected.
      call?.destroy();
      ended.abort();
    };
    const fail = (error: unknown): void => end(failureOf(error));
    const deadline = setTimeout(() => end(failed('timeout', `No answer within ${timeoutMs} ms.`)), timeoutMs);
    try {
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      // Of an address a connection asks no lookup.
      if (isIP(host) !== 0) requireAllowedAddress(host, allowedNetworks);
      call = (isTls ? requestHttps : requestHttp)(url, options);
    } catch (error) {
      fail(error);
      return;
    }
    call.on('error', fail);
    // Behind a proxy the peer is the proxy.
    if (way === undefined) call.on('socket', (socket) => refuseForbiddenPeer(socket, allowedNetworks));
    call.on('response', (answer) => {
      answered = outcomeOf(answer);
      const close = (): void => end(outcomeOf(answer));
      readAway(answer).then(close, close);
    });
    // 101 ends the HTTP of a connection: there is nothing to wait for behind it, whether it names a protocol or not.
    call.on('upgrade', (answer, socket) => {
      socket.destroy();
      end(outcomeOf(answer));
    });
    call.on('information', ({ statusCode }) => {
      if (statusCode === SWITCHING) end({ kind: 'answered', httpStatus: statusCode, retryAfterSecs: undefined });
    });
    // A request that Node gives up without an error ends all the same.
    call.on('close', () => end(failed('connection', 'The connection was closed before an answer came.')));
    call.end(body);
  });
}

/** A connection to the host in a tunnel, for a request without an agent. */
function throughTunnel(url: URL, way: TunnelWay, limits: CallLimits, signal: AbortSignal) {
  const open = async (done: (error: Error | null, socket: Socket) => void): Promise<void> => {
    let socket: Socket;
    try {
      socket = await openCheckedTunnel(url, way, limits, signal);
    } catch (error) {
      // The type knows no failure, of which there is no socket.
      done(error as Error, undefined as unknown as Socket);
      return;
    }
    done(null, socket);
  };
  return (_options: unknown, done: (error: Error | null, socket: Socket) => void): undefined => void open(done);
}

/** The last word is the connection's own: whom it really reached, before a byte of ours has left. */
function refuseForbiddenPeer(socket: Socket, allowed: readonly Network[]): void {
  socket.prependOnceListener('connect', () => {
    try {
      requireAllowedAddress(socket.remoteAddress ?? '', allowed);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): WebhookOutcome {
  return { kind: 'answered', httpStatus: statusCode, retryAfterSecs: readRetryAfter(headers) };
}

/** Reads an answer to its end, or as much as an answer may have. */
async function readAway(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).byteLength;
    if (bytes > MAX_ANSWER_BYTES) return;
  }
}

const CONNECTION_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was cut before an answer came.',
  EPIPE: 'The connection was cut before an answer came.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
  ETIMEDOUT: 'The connection was not made in time.',
};

function failureOf(error: unknown): WebhookOutcome {
  if (error instanceof ForbiddenTargetError) return failed('forbidden-target', error.message);
  if (error instanceof TunnelError) return failed('connection', `No way through the proxy: ${error.message}.`);
  const { code = '' } = error as NodeJS.ErrnoException;
  if (error instanceof LookupError && error.isTimeout) {
    return failed('dns-timeout', 'The name servers of the host did not answer in time.');
  }
  if (error instanceof LookupError || code === 'ENOTFOUND') return failed('dns', `The host was not found (${code}).`);
  if (code.startsWith('HPE_')) return failed('bad-answer', `The answer is not valid HTTP (${code}).`);
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)) {
    return failed('tls', `TLS failed (${code}).`);
  }
  return failed('connection', CONNECTION_WORDS[code] ?? `The connection failed${code === '' ? '' : ` (${code})`}.`);
}

function failed(reason: CallFailure, detail: string): WebhookOutcome {
  return { kind: 'failed', reason, detail };
}
