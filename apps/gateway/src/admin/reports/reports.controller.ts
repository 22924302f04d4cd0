import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { POOL } from '../../core/core.module.js';
import { fundTable } from './files/fund-table.js';
import { orderTable } from './files/order-table.js';
import { sendReport } from './files/send-report.js';
import { reconcileFund } from './fund/reconcile-fund.js';
import { reportOrders } from './report-orders.js';
import { readFundQuery, readReportQuery } from './report-requests.js';

/** The months and the fund in numbers; each also as CSV and as a workbook. */
@Controller('admin/reports')
export class ReportsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly config: ConfigService<Config, true>,
  ) {}

  /** `{"zone", "rows", "total"}`: orders, tickets, roubles, refunds and rejections by month, key and tariff. */
  @Get('orders')
  async orders(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { by, ...months } = readReportQuery(query);
    const report = await reportOrders(this.pool, months, this.zone(), by);
    await sendReport(request, reply, report, orderTable(report.rows, months, by));
  }

  /** `{"zone", "spans", "total", "suspects", "moreSuspects"}`: what the fund has lost against what the ledger explains. */
  @Get('fund')
  async fund(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const period = readFundQuery(query);
    const report = await reconcileFund(this.pool, period, this.zone());
    await sendReport(request, reply, report, fundTable(report, period));
  }

  private zone(): string {
    return this.config.get('admin', { infer: true }).reportZone;
  }
}
