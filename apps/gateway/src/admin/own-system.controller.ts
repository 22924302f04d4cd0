import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../core/core.module.js';
import { BREAKER_STATES } from '../health/parts/breaker-state.js';
import { date } from '../http/schema/formats.js';
import { listOf, named, object, oneOf, text, type TypeOf } from '../http/schema/schema.js';
import { statement } from '../storage/statement.js';

const BREAKER = named(
  'OwnSystemBreaker',
  object({
    host: text('Where the process runs.'),
    state: oneOf(
      BREAKER_STATES,
      'open: calls are refused at once. half-open: one call tries whether the system is back.',
    ),
    since: date('Since when.'),
  }),
);
export const OWN_SYSTEM = named(
  'OwnSystem',
  object({
    breakers: listOf(BREAKER, { description: 'One for each process that calls it; none where cards are here.' }),
  }),
);

/** A process that has said nothing for so long is gone. */
const LIST = statement('list-own-system-breakers')`
select host, state, since from own_system_breakers where seen_at > now() - interval '30 seconds' order by host, process`;

/** The company's own system behind the loyalty API, as each process sees it. */
@Controller('admin/own-system')
export class OwnSystemController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"breakers": [{"host", "state", "since"}]}` */
  @Get()
  async look(): Promise<TypeOf<typeof OWN_SYSTEM>> {
    return { breakers: (await this.pool.query<TypeOf<typeof BREAKER>>(LIST)).rows };
  }
}
