import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { problem, ProblemError } from './problem.js';
import { streamToEnd } from './share-streams.js';

/** Keeps proxies and readers from taking silence for a lost connection. */
export const HEARTBEAT_MS = 15_000;
/** How soon a reader should come back. */
const RETRY_MS = 2_000;
/** How the text of a live stream begins (HTML, «Server-sent events»). */
export const STREAM_BEGINS = `retry: ${RETRY_MS}\n\n`;
/** A comment, for a reader to whom nothing has happened. */
export const NOTHING_NEW = ': nothing new\n\n';

/** As many as one process holds easily. They are shared out between readers; more are sent elsewhere by a 503. */
const MAX_STREAMS = 1_000;
/** Proxies and load balancers shift long connections badly: every reader comes again once in a while. */
const MAX_AGE_MS = 60 * 60_000;
/** A reader that takes nothing for so long is gone, whatever its connection says. */
const MAX_STALL_MS = 60_000;
const CHECK_MS = 5_000;
/** How long a reader may still take what was sent when the process is to end. */
const GRACE_MS = 1_000;

/** What a stream reports about its reader. */
export interface Pull {
  /** Since when text is ready that the reader does not read, in milliseconds of the monotonic clock. */
  waitingSince: number | undefined;
}

/** Makes the text of one stream, only as fast as it is read, and ends when the signal says so. */
export type WriteStream = (signal: AbortSignal, pull: Pull) => AsyncGenerator<string>;

interface OpenStream extends Pull {
  readonly reader: string;
  readonly response: ServerResponse;
  /** Ends the stream after the text written so far. */
  readonly end: () => void;
  readonly openedAt: number;
  /** Whether its reader may still have it. */
  readonly isAllowed: () => boolean;
}

/** The live streams of one kind in this process. They use bounded memory, and end before the listener closes. */
export class LiveStreams {
  private readonly open = new Set<OpenStream>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  /**
   * Begins a stream. When as many are open as may be, one of the reader who has most makes room for it: that reader comes
   * again behind what it has, and finds no room until someone leaves.
   *
   * @param response that the stream will be written to; the stream ends with it
   * @param reader the name of the key that asks
   * @param isAllowed whether its reader may still have it; looked at now and then
   * @returns undefined when too many are open, or the process is about to end
   */
  start(write: WriteStream, response: ServerResponse, reader: string, isAllowed = () => true): Readable | undefined {
    // A reader that has already disconnected emits no further event.
    if (this.stopping || response.destroyed || !this.makeRoomFor(reader)) return undefined;
    const gone = new AbortController();
    const pull: Pull = { waitingSince: undefined };
    const stream = Readable.from(write(gone.signal, pull), { objectMode: false });
    const opened: OpenStream = Object.assign(pull, {
      reader,
      response,
      end: () => gone.abort(),
      openedAt: performance.now(),
      isAllowed,
    });
    this.open.add(opened);
    response.once('close', () => {
      this.open.delete(opened);
      gone.abort();
      stream.destroy();
    });
    // A reader that closes its half of the connection is gone, although an answer could still reach it.
    response.socket?.once('end', () => response.destroy());
    this.timer ??= setInterval(() => this.check(), CHECK_MS);
    return stream;
  }

  /** To be called before the listener closes, which would wait for every open stream. */
  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const closed = [...this.open].map(({ response }) => new Promise((resolve) => response.once('close', resolve)));
    for (const { end } of this.open) end();
    const cut = setTimeout(() => {
      for (const { response } of this.open) response.destroy();
    }, GRACE_MS);
    await Promise.all(closed);
    clearTimeout(cut);
  }

  private makeRoomFor(reader: string): boolean {
    if (this.open.size < MAX_STREAMS) return true;
    const displaced = streamToEnd(this.open, reader);
    if (displaced === undefined) return false;
    this.open.delete(displaced);
    // One that takes nothing would not end by itself.
    if (displaced.waitingSince === undefined) displaced.end();
    else displaced.response.destroy();
    return true;
  }

  private check(): void {
    const now = performance.now();
    for (const { response, end, openedAt, waitingSince, isAllowed } of this.open) {
      if (waitingSince !== undefined && now - waitingSince > MAX_STALL_MS) response.destroy();
      else if (now - openedAt > MAX_AGE_MS || !isAllowed()) end();
    }
  }
}

/**
 * Answers with a stream.
 *
 * @param instead what its reader may ask for in its place
 * @throws ProblemError 503 without one
 */
export async function sendStream(reply: FastifyReply, stream: Readable | undefined, instead: string): Promise<void> {
  if (stream === undefined) {
    const detail = `As many event streams are open here as this process can hold: try again, or ask for ${instead}.`;
    throw new ProblemError(problem('too-many-streams', detail));
  }
  await reply
    .headers({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // A connection that has carried a stream must not keep a process from ending.
      connection: 'close',
      'x-accel-buffering': 'no',
    })
    .send(stream);
}
