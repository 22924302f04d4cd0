import type pg from 'pg';
import type { CallResult } from '@vestibule/troika-client';
import type { MethodName } from '@vestibule/troika-contract';
import { describeError, type Logger } from '../core/logger.js';
import type { Severity } from '../operator-events/operator-events.js';

/** What a person has to look at, by the HTTP status without a valid envelope. The first row that fits. */
const CHECKS: readonly (readonly [least: number, most: number, severity: Severity, check: string])[] = [
  [300, 399, 'critical', 'The address has moved: compare TROIKA_URL with what Тройка Бизнес has given you.'],
  [401, 401, 'critical', 'Check TROIKA_BASIC_USER and TROIKA_BASIC_PASSWORD, then TROIKA_SIGNATURE and its key.'],
  [
    403,
    403,
    'critical',
    'Ask whether the address this gateway goes out from is registered there, and check the credentials.',
  ],
  [404, 405, 'critical', 'Check TROIKA_URL: nothing takes orders there.'],
  [407, 407, 'critical', 'A proxy in between wants credentials of its own: check those of HTTPS_PROXY.'],
  [
    429,
    429,
    'warning',
    'Compare TROIKA_RATE_PER_SECOND with what was agreed on; other programs may use the same account.',
  ],
  [400, 499, 'warning', 'Look at what the attempt was answered, and ask Тройка Бизнес what it expects.'],
];

/** In one process one note in a while is enough; the statement sees to it that all of them write one in an hour. */
const PAUSE_MS = 60_000;

const NOTE = `
insert into operator_events (kind, severity, message, details)
select 'partner.refused-request', $1, $2, $3::jsonb
 where not exists (
   select from operator_events
    where kind = 'partner.refused-request' and at > now() - interval '1 hour'
      and details ->> 'httpStatus' = $3::jsonb ->> 'httpStatus')`;

/** Tells operators, once in an hour for each status, that Тройка Бизнес takes no requests and what to check. */
export class RefusedRequests {
  private readonly notedAt = new Map<number, number>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Hears of a call once it is over. A note that cannot be written down costs nothing but itself. */
  async watch(method: MethodName, result: CallResult): Promise<void> {
    const httpStatus = refusedStatus(result);
    if (httpStatus === undefined) return;
    const row = CHECKS.find(([least, most]) => httpStatus >= least && httpStatus <= most);
    if (row === undefined || this.clock() - (this.notedAt.get(httpStatus) ?? -Infinity) < PAUSE_MS) return;
    this.notedAt.set(httpStatus, this.clock());
    const [, , severity, check] = row;
    const message = `Тройка Бизнес answered ${method} with HTTP ${httpStatus} and no answer of its own. ${check}`;
    try {
      const values = [severity, message, JSON.stringify({ httpStatus, method, outcome: result.kind })];
      await this.pool.query({ name: 'note-refused-request', text: NOTE, values });
    } catch (error) {
      this.logger.warn({ httpStatus, error: describeError(error) }, 'a refused request was not told');
    }
  }
}

/** The status by which a request was turned away; after 403 alone nothing is certain, and the next one comes to the same. */
function refusedStatus(result: CallResult): number | undefined {
  if (result.kind === 'not-executed') return result.httpStatus;
  return result.kind === 'unknown' && result.httpStatus === 403 ? 403 : undefined;
}
