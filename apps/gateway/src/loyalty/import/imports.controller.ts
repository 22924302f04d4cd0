import { Controller, Get, Inject, Param } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import type { ImportView, RejectionView } from './import-answers.js';
import { listImports, listRejections } from './import-ledger.js';

const ID = /^\d{1,18}$/;

/** The imports of late, of all processes and of the command. */
@Controller('admin/imports')
export class ImportsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"imports": [...]}`: the last hundred, the newest first, also those that run. */
  @Get()
  async list(): Promise<{ imports: ImportView[] }> {
    return { imports: await listImports(this.pool) };
  }

  /** `{"rejections": [{"line", "field", "reason"}]}`: the first ten thousand lines that it has rejected, without their values. */
  @Get(':id/rejections')
  async rejections(@Param('id') id: string): Promise<{ rejections: RejectionView[] }> {
    return { rejections: ID.test(id) ? await listRejections(this.pool, id) : [] };
  }
}
