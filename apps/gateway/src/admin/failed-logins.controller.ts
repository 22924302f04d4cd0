import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../core/core.module.js';
import { date } from '../http/schema/formats.js';
import { integer, listOf, named, object, oneOf, text, type TypeOf } from '../http/schema/schema.js';
import { statement } from '../storage/statement.js';

const FAILED_LOGIN = named(
  'FailedLogin',
  object({
    listener: oneOf(['public', 'internal'], 'public: as Кошелёк. internal: as a producer or an operator.'),
    address: text('From where; an IPv6 address by its /64. `others`: those beyond a thousand in an hour.'),
    failures: integer('Logins with a wrong secret.', { minimum: 0 }),
    slowed: integer('Those of them that were slowed down.', { minimum: 0 }),
    lastAt: date('The last one.'),
  }),
);
export const FAILED_LOGINS = named('FailedLogins', object({ logins: listOf(FAILED_LOGIN) }));

const LIST = statement('list-failed-logins')`
select listener, address, sum(failures)::float8 as failures, sum(slowed)::float8 as slowed, max(last_at) as "lastAt"
  from failed_logins where hour > now() - interval '1 day'
 group by listener, address order by max(last_at) desc limit 200`;

/** Who has tried wrong secrets, and from where. */
@Controller('admin/failed-logins')
export class FailedLoginsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"logins": [...]}`: of the last day, by address, the latest first. */
  @Get()
  async list(): Promise<TypeOf<typeof FAILED_LOGINS>> {
    return { logins: (await this.pool.query<TypeOf<typeof FAILED_LOGIN>>(LIST)).rows };
  }
}
