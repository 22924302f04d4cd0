import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { EnvelopeAnswer } from '../partner/answer.js';
import type { FaultedAnswer } from './modes.js';

const HTML_500 = '<html>\r\n<head><title>500 Internal Server Error</title></head>\r\n<body>nginx</body>\r\n</html>\r\n';

/** Simulates faults of answers, and ends the unanswered requests when the stand-in stops. */
export class FaultInjector {
  private readonly held = new Set<Socket>();
  private readonly waiting = new Set<() => void>();
  private stopped = false;

  /** @param slowMs how late a `slow` answer is, in milliseconds */
  constructor(private readonly slowMs: number) {}

  /**
   * Answers with the fault.
   * @param answer the answer without a fault
   */
  async inject(
    faulted: Exclude<FaultedAnswer, 'given'>,
    answer: EnvelopeAnswer,
    reply: FastifyReply,
    socket: Socket,
  ): Promise<FastifyReply> {
    switch (faulted) {
      case 'refusal':
        return json(reply, answer.httpStatus, answer.bytes);
      case 'cut':
        return json(reply, answer.httpStatus, answer.bytes.subarray(0, Math.ceil(answer.bytes.length / 2)));
      case 'late':
        await this.wait();
        return json(reply, answer.httpStatus, answer.bytes);
      case 'too-many-requests':
        return reply.code(429).header('retry-after', '1').type('text/plain; charset=utf-8').send('Too Many Requests\n');
      case 'http-500':
        return reply.code(500).type('text/html; charset=utf-8').send(HTML_500);
      case 'none':
        this.hold(socket);
        return reply.hijack();
      case 'reset':
        reply.hijack();
        socket.resetAndDestroy();
        return reply;
    }
  }

  /** Ends every wait at once and drops every socket that waits for an answer which will not come; for good. */
  stop(): void {
    this.stopped = true;
    for (const end of this.waiting) end();
    for (const socket of this.held) socket.destroy();
  }

  /** Keeps the connection open without an answer until the client gives up or the stand-in stops. */
  private hold(socket: Socket): void {
    if (this.stopped) {
      socket.destroy();
      return;
    }
    this.held.add(socket);
    socket.once('close', () => this.held.delete(socket));
  }

  private async wait(): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, this.slowMs);
      this.waiting.add(end);
    });
  }
}

function json(reply: FastifyReply, httpStatus: number, bytes: Buffer): FastifyReply {
  return reply.code(httpStatus).header('content-type', 'application/json; charset=utf-8').send(bytes);
}
