import { Controller, HttpCode, Inject, Post, Req, Res, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { LOGGER, POOL } from '../../boot/core.module.js';
import { BearerKeys } from '../../http/bearer.js';
import { ProblemError } from '../../http/problem.js';
import { describeError, type Logger } from '../../logging/logger.js';
import { importClients, type ImportEvent } from './import-clients.js';
import { IMPORT_KEYS } from './import-keys.js';
import { RegistryFileError } from './open-registry.js';

/** What a registry may be sent as; its own first bytes say what it is. */
const CONTENT_TYPES = ['text/csv', 'application/zip', 'application/octet-stream'];

/** Getting a company's data into the built-in programme. */
@Controller('admin/import')
export class ImportController implements OnModuleInit {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(IMPORT_KEYS) private readonly keys: BearerKeys,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Lets the internal port take files: handed over as a stream, so that their size does not matter. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(CONTENT_TYPES, (_request, stream, done) => done(null, stream));
  }

  /**
   * Imports a registry of clients. The file is taken whole before the work begins, so that its sender's patience and
   * the database's speed have nothing to do with each other. The answer is JSON lines: every rejected line, and the
   * totals after each batch; the last line says `done`, or what stopped the import.
   */
  @Post('clients')
  @HttpCode(200)
  async clients(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const importedBy = this.keys.nameOf(request);
    if (!(request.body instanceof Readable)) {
      throw new ProblemError({ status: 415, detail: `Send the file as ${CONTENT_TYPES.join(' or ')}.` });
    }
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    const events = importClients(this.pool, join(folder, 'clients'));
    try {
      await pipeline(request.body, createWriteStream(join(folder, 'clients'), { mode: 0o600 }));
      // A file that is no registry is found out here, while the answer can still be an error.
      const first = await events.next();
      this.logger.info({ importedBy }, 'an import of clients has begun');
      const lines = Readable.from(this.tell(first, events, remove));
      await reply.header('content-type', 'application/x-ndjson').send(lines);
    } catch (error) {
      await remove();
      throw error instanceof RegistryFileError ? new ProblemError({ status: 422, detail: error.message }) : error;
    }
  }

  private async *tell(
    first: IteratorResult<ImportEvent>,
    events: AsyncGenerator<ImportEvent>,
    remove: () => Promise<void>,
  ): AsyncGenerator<string> {
    try {
      if (first.done !== true) yield encodeEvent(first.value);
      for await (const event of events) yield encodeEvent(event);
      yield '{"done":true}\n';
    } catch (error) {
      this.logger.error({ error: describeError(error) }, 'an import of clients has stopped');
      yield '{"failed":"The import stopped; its log says why. Send the file again: nothing is doubled."}\n';
    } finally {
      await remove();
    }
  }
}

function encodeEvent(event: ImportEvent): string {
  return `${JSON.stringify(event.kind === 'rejected' ? { rejected: event.rejection } : { totals: event.totals })}\n`;
}
