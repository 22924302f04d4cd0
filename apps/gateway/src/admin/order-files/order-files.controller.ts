import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { requireOpenKey } from '../../http/auth/api-keys.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { acceptFiles, smallFileOf } from '../../http/file-body.js';
import { problem, ProblemError } from '../../http/problem.js';
import { fileView, type CheckedFileView } from './file-view.js';
import { OrderFiles, ownerOf, type RefusedLine } from './order-files.service.js';
import { findFile, listFiles, listPlacedLines, type FileProgress, type OrderOfLine } from './order-files-store.js';
import { readPlaceQuery, readTemplateQuery } from './order-file-requests.js';
import { MOST_FILE_BYTES } from './sheet.js';
import { makeTemplate } from './template/make-template.js';

/**
 * Orders from spreadsheets. Everything is about the caller's own files, so that the role `office`, which can do nothing
 * else, sees no order of another.
 */
@Controller('admin/order-files')
export class OrderFilesController implements OnModuleInit {
  constructor(
    private readonly files: OrderFiles,
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    acceptFiles(this.host.httpAdapter.getInstance<FastifyInstance>());
  }

  /** An empty file to fill in: a workbook with the tariffs as a list, or CSV. */
  @Get('template')
  @NeedsRole('office')
  async template(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { body, contentType, name } = await makeTemplate(readTemplateQuery(query), await this.files.tariffs());
    const disposition = `attachment; filename="${name}"`;
    await reply.headers({ 'content-type': contentType, 'content-disposition': disposition }).send(body);
  }

  /** Each line with its faults and what is there of it already, the cost and the fund. Nothing is placed. */
  @Post('check')
  @NeedsRole('office')
  @HttpCode(200)
  async check(@ApiKeyName() who: string, @Req() request: FastifyRequest): Promise<CheckedFileView> {
    return fileView(await this.files.check(ownerOf(who), await smallFileOf(request, MOST_FILE_BYTES)));
  }

  /** Places the lines without faults; the same file again places nothing twice. */
  @Post()
  @NeedsRole('office')
  @HttpCode(200)
  async place(
    @ApiKeyName() who: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<{ progress: FileProgress; refused: RefusedLine[] }> {
    const { again } = readPlaceQuery(query);
    const file = await smallFileOf(request, MOST_FILE_BYTES);
    requireOpenKey(request);
    const { progress, refused } = await this.files.place(who, file, again);
    if (progress !== undefined) return { progress, refused };
    throw new ProblemError(problem('validation-failed', 'The file has no line that can be placed.'));
  }

  /** `{"files": [...]}`: the caller's last ones, the newest first. */
  @Get()
  @NeedsRole('office')
  async list(@ApiKeyName() who: string): Promise<{ files: FileProgress[] }> {
    return { files: await listFiles(this.pool, ownerOf(who)) };
  }

  /** How far a file has come; 404 for one that the caller has not placed. */
  @Get(':hash')
  @NeedsRole('office')
  async show(@ApiKeyName() who: string, @Param('hash') hash: string): Promise<FileProgress> {
    const file = await findFile(this.pool, { owner: ownerOf(who), hash });
    if (file !== undefined) return file;
    throw new ProblemError(problem('order-file-not-found', 'You have placed no such file.'));
  }

  /** `{"lines": [...]}`: the order of each line, with its state and its id at Тройка Бизнес. */
  @Get(':hash/lines')
  @NeedsRole('office')
  async lines(@ApiKeyName() who: string, @Param('hash') hash: string): Promise<{ lines: OrderOfLine[] }> {
    return { lines: await listPlacedLines(this.pool, { owner: ownerOf(who), hash }) };
  }
}
