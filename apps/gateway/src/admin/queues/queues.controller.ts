import { Controller, Inject, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { LOGGER } from '../../core/core.module.js';
import { describeError, type Logger } from '../../core/logger.js';
import { pageHeaders } from '../../http/page-headers.js';
import { problem, ProblemError } from '../../http/problem.js';
import { sendStatic } from '../../http/send-static.js';
import type { InspectQueue } from '../../queue/job-queue.js';
import { openBoard } from './board.js';
import { BOARD_PATH } from './board-page.js';

/** For injection: gives the queue to look at. */
export const INSPECT_QUEUE = Symbol('the queue to look at');

/** The page may load its own files, call this listener, and set styles; it runs no other script and cannot be framed. */
const SECURITY_HEADERS = pageHeaders([
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]);

const AWAY = 'The queue cannot be read: what it lives in is away. Orders wait in the ledger; see GET /admin/health.';

/**
 * Bull Board, read-only: what waits in the queue. Its page and files are public, as those of the console, and hold nothing; its
 * calls need an operator, whose session the console has begun.
 */
@Controller()
export class QueuesController implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(INSPECT_QUEUE) private readonly inspect: InspectQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const { page, files, entries, calls } = openBoard(this.inspect);
    const open = { config: { isPublic: true } };
    for (const entry of entries) {
      fastify.get(`${BOARD_PATH}${entry === '/' ? '' : entry}`, open, (request, reply) =>
        sendStatic(request, reply.headers(SECURITY_HEADERS), page),
      );
    }
    for (const [path, file] of files) {
      fastify.get(`${BOARD_PATH}/${path}`, open, (request, reply) =>
        sendStatic(request, reply.headers(SECURITY_HEADERS), file),
      );
    }
    for (const { path, answer } of calls) {
      fastify.get(`${BOARD_PATH}${path}`, async (request, reply) => {
        const { params, query } = request as { params: Record<string, unknown>; query: Record<string, unknown> };
        const { status = 200, body } = await answer({ params, query }).catch((error: unknown) => {
          this.logger.warn({ error: describeError(error) }, 'the queue cannot be shown');
          throw new ProblemError(problem('queue-unavailable', AWAY));
        });
        return reply.code(status).send(body);
      });
    }
  }
}
