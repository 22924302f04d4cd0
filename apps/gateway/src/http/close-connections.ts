import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { callerOf } from './connections/caller-of.js';

/** The phases of a stop. */
export interface StopSignals {
  /** Aborted when the process is to end: nothing new is begun. */
  readonly begun: AbortSignal;
  /** Aborted when work in progress is not waited for any longer. */
  readonly broken: AbortSignal;
}

/** How long a client may take to send the rest of its request, or to read its answer. */
const GRACE_MS = 2_000;
/** How long an idle connection may still send a request. */
const IDLE_GRACE_MS = 250;
const LOOK_MS = 250;

interface Connection {
  /** Requests that are being answered; the answer to the first is being written. */
  readonly answers: Set<ServerResponse>;
  /** Since when the connection waits for the client, in milliseconds of the monotonic clock. */
  since: number;
  /** Bytes of answers that the client has read so far. */
  taken: number;
  /** Bytes received when the last answer was complete: further bytes belong to an incomplete request. */
  idleAt: number;
}

/**
 * Makes a listener close even if its clients do not cooperate. With `close()` Node ends its own checks of how long a
 * request may take, and then waits for every connection that is not idle: half a request, an answer that no one reads
 * or a connection that a client opened in advance would keep a process alive without limit. From `begun` on every
 * answer says `connection: close`. A request that has arrived is answered, however long that takes us, until `broken`.
 */
export function closeConnections(fastify: FastifyInstance, { begun, broken }: StopSignals): void {
  const { server } = fastify;
  const open = new Map<Socket, Connection>();
  const outers = new Map<string, Socket>();
  let isLeaving = false;
  let timer: NodeJS.Timeout | undefined;
  const watch = (socket: Socket): void => {
    open.set(socket, { answers: new Set(), since: performance.now(), taken: 0, idleAt: 0 });
    socket.once('close', () => open.delete(socket));
  };
  const look = (): void => {
    for (const [socket, connection] of open) if (isOver(socket, connection)) socket.destroy();
  };
  const leave = (): void => {
    if (isLeaving) return;
    isLeaving = true;
    for (const connection of open.values()) {
      connection.since = performance.now();
      for (const answer of connection.answers) closeBehind(answer);
    }
    // A listener that never opened is not closed either; connections keep the process by themselves.
    timer = setInterval(look, LOOK_MS).unref();
  };
  // With TLS there is a second socket inside the first, and requests come on that one.
  server.on('secureConnection', (inner: Socket) => {
    const outer = outers.get(callerOf(inner));
    if (outer !== undefined) open.delete(outer);
    watch(inner);
  });
  server.on('connection', (socket: Socket) => {
    const caller = callerOf(socket);
    outers.set(caller, socket);
    socket.once('close', () => outers.delete(caller));
    watch(socket);
  });
  // In front of the one that answers.
  server.prependListener('request', ({ socket }: { socket: Socket }, answer: ServerResponse) => {
    if (isLeaving) closeBehind(answer);
    const connection = open.get(socket);
    connection?.answers.add(answer);
    answer.on('close', () => {
      if (connection === undefined) return;
      connection.answers.delete(answer);
      connection.since = performance.now();
      connection.idleAt = socket.bytesRead;
    });
  });
  // Node takes a connection for idle whose answer is not read to its end yet, and would cut it off.
  server.closeIdleConnections = () => undefined;
  server.once('close', () => clearInterval(timer));
  begun.addEventListener('abort', leave);
  broken.addEventListener('abort', () => {
    for (const socket of open.keys()) socket.destroy();
  });
  fastify.addHook('preClose', (done) => {
    leave();
    done();
  });
}

/** Node then writes `connection: close`, and closes behind the answer. */
function closeBehind(answer: ServerResponse): void {
  if (!answer.headersSent) answer.shouldKeepAlive = false;
}

/** Whether a client has had its time. */
function isOver(socket: Socket, connection: Connection): boolean {
  const now = performance.now();
  const taken = socket.bytesWritten - socket.writableLength;
  const [answer] = connection.answers;
  if ((answer !== undefined && isOurTurn(answer)) || taken > connection.taken) connection.since = now;
  connection.taken = taken;
  const isIdle = answer === undefined && socket.bytesRead === connection.idleAt;
  return now - connection.since >= (isIdle ? IDLE_GRACE_MS : GRACE_MS);
}

/** Whether the request is here, and we have not said all that there is to say, or cannot for the client's sake. */
function isOurTurn({ req, writableEnded, writableNeedDrain }: ServerResponse): boolean {
  return req.complete && !writableEnded && !writableNeedDrain;
}
