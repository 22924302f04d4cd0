import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { POOL } from '../../core/core.module.js';
import { queryReader } from '../../http/schema/read-request.js';
import { integer, listOf, named, object, request, type TypeOf } from '../../http/schema/schema.js';
import { MOST_HOURS, readTraffic, stepMinutesFor, TRAFFIC } from '../../metrics/minutes/read-minutes.js';
import { findSendingHold } from '../../partner/account/sending-hold.js';
import { FUND, readFundHistory } from './fund-history.js';
import { LIMITER, readLimiterWait } from './limiter.js';
import { readWaitingCosts, WAITING_COST } from './waiting-costs.js';

/** What `GET /admin/overview` takes. */
export const OVERVIEW_QUERY = request({
  hours: integer('The last hours.', { minimum: 1, maximum: MOST_HOURS, default: 6 }),
});
const read = queryReader(OVERVIEW_QUERY);

export const OVERVIEW = named(
  'Overview',
  object({
    traffic: TRAFFIC,
    fund: FUND,
    limiter: LIMITER,
    waiting: listOf(WAITING_COST, { description: 'One for each state in which orders wait for a person.' }),
  }),
);
type Overview = TypeOf<typeof OVERVIEW>;

/** What the console's first page shows beside the state of sending, the counts and the events. */
@Controller('admin/overview')
export class OverviewController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ConfigService) private readonly config: ConfigService<Config, true>,
  ) {}

  /** `{"traffic": {"stepMinutes", "koshelek", "troika"}, "fund": {"readings", "low", "floor"}, "limiter", "waiting"}`. */
  @Get()
  async show(@Query() query: unknown): Promise<Overview> {
    const { hours } = read(query);
    const { pool } = this;
    const troika = this.config.get('troika', { infer: true });
    const [traffic, readings, { floor }, waitSecs, waiting] = await Promise.all([
      readTraffic(pool, hours),
      readFundHistory(pool, hours, stepMinutesFor(hours)),
      findSendingHold(pool),
      readLimiterWait(pool),
      readWaitingCosts(pool),
    ]);
    const low = troika?.catalog.fundLow ?? null;
    return {
      traffic,
      fund: { readings, low, floor },
      limiter: { perSecond: troika?.ratePerSecond ?? null, waitSecs },
      waiting,
    };
  }
}
