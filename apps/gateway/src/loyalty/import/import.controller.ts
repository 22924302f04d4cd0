import { Controller, HttpCode, Inject, Param, Post, Req, Res, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { ProblemError } from '../../http/problem.js';
import { describeError, type Logger } from '../../core/logger.js';
import { IMPORT_KIND_NAMES, IMPORT_KINDS } from './kinds/index.js';
import { importFile, type ImportEvent } from './pipeline/import-file.js';
import { ImportFileError } from './pipeline/open-file.js';

/** What a file may be sent as; its own first bytes say what it is. */
const CONTENT_TYPES = ['text/csv', 'application/zip', 'application/octet-stream'];

/** Getting a company's data into the built-in programme. */
@Controller('admin/import')
export class ImportController implements OnModuleInit {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Lets the internal port take files: handed over as a stream, so that their size does not matter. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(CONTENT_TYPES, (_request, stream, done) => done(null, stream));
  }

  /**
   * Imports a file of one kind. The file is taken whole before the work begins, so that its sender's patience and the
   * database's speed have nothing to do with each other. The answer is JSON lines: columns that mean nothing to us,
   * every rejected line, and the totals after each batch; the last line says `done`, or what stopped the import.
   */
  @Post(':kind')
  @HttpCode(200)
  async import(
    @Param('kind') name: string,
    @ApiKeyName() importedBy: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = IMPORT_KINDS.get(name);
    if (kind === undefined) {
      throw new ProblemError({ status: 404, detail: `What can be imported is ${IMPORT_KIND_NAMES.join(', ')}.` });
    }
    if (!(request.body instanceof Readable)) {
      throw new ProblemError({ status: 415, detail: `Send the file as ${CONTENT_TYPES.join(' or ')}.` });
    }
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
    const events = importFile(this.pool, kind, join(folder, 'file'));
    const close = async (): Promise<void> => {
      await events.return(undefined);
      await rm(folder, { recursive: true, force: true });
    };
    try {
      await pipeline(request.body, createWriteStream(join(folder, 'file'), { mode: 0o600 }));
      // A file of another kind is found out here, while the answer can still be an error.
      const first = await events.next();
      this.logger.info({ importedBy, kind: name }, 'an import has begun');
      const lines = Readable.from(this.tell(name, first, events));
      // Whether it was read to its end, or its reader has gone.
      lines.once('close', () => {
        close().catch((error: unknown) =>
          this.logger.warn({ error: describeError(error) }, 'the file of an import was not removed'),
        );
      });
      await reply.header('content-type', 'application/x-ndjson').send(lines);
    } catch (error) {
      await close();
      throw error instanceof ImportFileError ? new ProblemError({ status: 422, detail: error.message }) : error;
    }
  }

  private async *tell(
    kind: string,
    first: IteratorResult<ImportEvent>,
    events: AsyncGenerator<ImportEvent>,
  ): AsyncGenerator<string> {
    try {
      if (first.done !== true) yield encodeEvent(first.value);
      for await (const event of events) yield encodeEvent(event);
      yield '{"done":true}\n';
    } catch (error) {
      this.logger.error({ kind, error: describeError(error) }, 'an import has stopped');
      const failed =
        error instanceof ImportFileError
          ? `The import stopped: ${error.message}.`
          : 'The import stopped; its log says why. Send the file again: nothing is doubled.';
      yield `${JSON.stringify({ failed })}\n`;
    }
  }
}

function encodeEvent(event: ImportEvent): string {
  switch (event.kind) {
    case 'ignored':
      return `${JSON.stringify({ ignored: event.columns })}\n`;
    case 'rejected':
      return `${JSON.stringify({ rejected: event.rejection })}\n`;
    case 'progress':
      return `${JSON.stringify({ totals: event.totals })}\n`;
  }
}
