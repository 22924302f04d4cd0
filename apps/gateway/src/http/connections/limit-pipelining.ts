import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that wait for their answers. Honest callers have one, a pipelining one a few. */
const MOST_WAITING = 8;

/** The part of Node's parser that gets each request of a connection. It is not documented; a test notices if it goes. */
interface Parser {
  onIncoming?: ((request: IncomingMessage, isKept: boolean) => number) | null;
}

/** To Node's parser: what follows is not HTTP, so that it stops in the middle of what has arrived. */
const STOP_PARSING = 2;

interface Pipeline {
  waiting: number;
  isFull: boolean;
}

/**
 * Bounds what one connection can make us do at once. Node hands over every request of what has arrived, 3,640 in 64 KiB,
 * before the first of them is answered. The request that is one too many to be followed by others is answered with
 * `connection: close`, and nothing behind it is looked at: RFC 9112 (9.3.2) lets a server do so, and the caller repeats what was
 * not answered.
 */
export function limitPipelining(server: Server, mostWaiting = MOST_WAITING): void {
  const pipelines = new WeakMap<Socket, Pipeline>();
  const watch = (socket: Socket & { readonly parser?: Parser | null }): void => {
    const { parser } = socket;
    const take = parser?.onIncoming;
    if (typeof take !== 'function') return;
    const pipeline: Pipeline = { waiting: 0, isFull: false };
    pipelines.set(socket, pipeline);
    Object.assign(parser as Parser, {
      onIncoming: (request: IncomingMessage & { upgrade?: boolean }, isKept: boolean): number => {
        if (!pipeline.isFull) return take(request, isKept);
        request.upgrade = false;
        return STOP_PARSING;
      },
    });
  };
  // With TLS the parser is on the second one.
  server.on('connection', watch).on('secureConnection', watch);
  server.prependListener('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    const pipeline = pipelines.get(socket);
    if (pipeline === undefined) return;
    pipeline.waiting += 1;
    answer.on('close', () => (pipeline.waiting -= 1));
    if (pipeline.waiting < mostWaiting) return;
    pipeline.isFull = true;
    answer.shouldKeepAlive = false;
  });
}
