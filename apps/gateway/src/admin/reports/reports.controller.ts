import { Controller, Get, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { reportOrders, type ReportRow } from './report-orders.js';
import { readReportQuery } from './report-requests.js';

/** The months in numbers. */
@Controller('admin/reports')
export class ReportsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"rows": [...]}`: orders, tickets, roubles, refunds and rejections by month, key and tariff. */
  @Get('orders')
  async orders(@Query() query: unknown): Promise<{ rows: ReportRow[] }> {
    const { by, ...months } = readReportQuery(query);
    return { rows: await reportOrders(this.pool, months, by) };
  }
}
