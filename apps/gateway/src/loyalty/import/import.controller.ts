import {
  Controller,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import { requireOpenKey } from '../../http/auth/api-keys.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { acceptFiles, fileStreamOf } from '../../http/file-body.js';
import { problem, ProblemError } from '../../http/problem.js';
import { queryReader } from '../../http/schema/read-request.js';
import { oneOf, optional, request } from '../../http/schema/schema.js';
import { describeError, type Logger } from '../../core/logger.js';
import { Metrics } from '../../metrics/metrics.js';
import { IMPORT_KIND_NAMES, IMPORT_KINDS } from './kinds/index.js';
import { endWhenUnread, ImportSlots } from './import-limits.js';
import { importFile, isAllRejected, NOTHING_YET, type ImportEvent, type ImportTotals } from './pipeline/import-file.js';
import { ImportFileError } from './pipeline/import-file-error.js';
import { recordImport } from './record-import.js';

/** What `POST /admin/import/{kind}` takes. */
export const IMPORT_QUERY = request({
  dryRun: optional(oneOf(['true', 'false', ''], 'The same answer, and nothing is written; an empty one means true.')),
});
const readImportQuery = queryReader(IMPORT_QUERY);

/**
 * An import uses at most half of the time. A search needs several ticks of the event loop, and would otherwise wait in
 * each of them for the next piece of an import.
 */
const giveWay = (): Promise<void> => delay(1);

/** The pool of imports, for injection. */
export const IMPORT_POOL = Symbol('import pool');

/** Getting a company's data into the built-in programme. */
@Controller('admin/import')
export class ImportController implements OnModuleInit, OnModuleDestroy {
  private isStopping = false;
  private readonly slots = new ImportSlots();

  constructor(
    @Inject(IMPORT_POOL) private readonly pool: pg.Pool,
    @Inject(POOL) private readonly auditPool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly host: HttpAdapterHost,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    acceptFiles(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  /** Nest calls it before it closes the listener: an import ends behind the batch it is at. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /**
   * Imports a file of one kind. The file is received completely before the import begins, so that a slow database does
   * not slow the upload. The answer is JSON lines: unknown columns, every rejected line, the totals after each batch,
   * how often each reason was given; the last line says `done`, or why the import failed. With `dryRun=true` the answer
   * is the same and nothing is written.
   */
  @Post(':kind')
  @NeedsRole('admin')
  @HttpCode(200)
  async import(
    @Param('kind') name: string,
    @Query() query: unknown,
    @ApiKeyName() importedBy: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const dryRun = ['true', ''].includes(readImportQuery(query).dryRun ?? 'false');
    const kind = IMPORT_KINDS.get(name);
    if (kind === undefined) {
      const detail = `What can be imported is ${IMPORT_KIND_NAMES.join(', ')}.`;
      throw new ProblemError(problem('import-kind-not-found', detail));
    }
    const file = fileStreamOf(request);
    const giveBack = this.slots.take();
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-import-')).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    const importing = importFile(this.pool, kind, join(folder, 'file'), { dryRun, giveWay });
    const events = dryRun
      ? importing
      : recordImport(this.auditPool, { who: importedBy, kind: name, beganBy: 'call' }, importing);
    const close = async (): Promise<void> => {
      // Its end goes into the audit, which may be away.
      try {
        await events.return(undefined);
      } finally {
        giveBack();
        await rm(folder, { recursive: true, force: true });
      }
    };
    try {
      await pipeline(file, createWriteStream(join(folder, 'file'), { mode: 0o600 }));
      requireOpenKey(request);
      // A file of another kind is found out here, while the answer can still be an error.
      const first = await events.next();
      const { id: requestId } = request;
      this.logger.info({ requestId, importedBy, kind: name, dryRun }, 'an import has begun');
      const lines = endWhenUnread(this.report({ kind: name, dryRun, requestId }, first, events));
      // Whether it was read to its end, or its reader has disconnected.
      lines.once('close', () => {
        close().catch((error: unknown) =>
          this.logger.warn({ requestId, error: describeError(error) }, 'the file of an import was not removed'),
        );
      });
      await reply.header('content-type', 'application/x-ndjson').send(lines);
    } catch (error) {
      await close();
      throw error instanceof ImportFileError ? new ProblemError(problem('file-unreadable', error.message)) : error;
    }
  }

  /** One write for each batch: a write for each line would keep this process busy. */
  private async *report(
    { kind, dryRun, requestId }: { readonly kind: string; readonly dryRun: boolean; readonly requestId: string },
    first: IteratorResult<ImportEvent>,
    events: AsyncGenerator<ImportEvent>,
  ): AsyncGenerator<string> {
    let text = '';
    let totals = NOTHING_YET;
    try {
      for (let next = first; next.done !== true; next = await events.next()) {
        text += `${JSON.stringify(encodeEvent(next.value))}\n`;
        if (next.value.kind !== 'progress') continue;
        if (!dryRun) this.count(kind, totals, next.value.totals);
        totals = next.value.totals;
        yield text;
        text = '';
        if (this.isStopping) {
          yield `${JSON.stringify({ failed: PROCESS_ENDS })}\n`;
          return;
        }
      }
      const end = isAllRejected(totals) ? { failed: ALL_REJECTED } : { done: true, ...(dryRun ? { dryRun } : {}) };
      yield `${text}${JSON.stringify(end)}\n`;
    } catch (error) {
      this.logger.error({ requestId, kind, error: describeError(error) }, 'an import has stopped');
      const failed =
        error instanceof ImportFileError
          ? `The import stopped: ${error.message}.`
          : 'The import stopped; its log says why. Send the file again: nothing is doubled.';
      yield `${text}${JSON.stringify({ failed })}\n`;
    }
  }

  private count(kind: string, before: ImportTotals, now: ImportTotals): void {
    for (const outcome of OUTCOMES) this.metrics.importedLines.inc({ kind, outcome }, now[outcome] - before[outcome]);
  }
}

const OUTCOMES = ['created', 'changed', 'unchanged', 'rejected'] as const;
const PROCESS_ENDS = 'The import stopped, because this process ends. Send the file again: nothing is doubled.';
const ALL_REJECTED = 'Every line was rejected: nothing was imported.';

function encodeEvent(event: ImportEvent): object {
  switch (event.kind) {
    case 'ignored':
      return { ignored: event.columns };
    case 'rejected':
      return { rejected: event.rejection };
    case 'progress':
      // `updated` is the old sum of changed and unchanged lines; the next release removes it.
      return { totals: { ...event.totals, updated: event.totals.changed + event.totals.unchanged } };
    case 'reasons':
      return { reasons: event.reasons };
  }
}
