import type pg from 'pg';
import type { CallResult } from '@vestibule/troika-client';
import type { MethodName } from '@vestibule/troika-contract';
import { describeError, type Logger } from '../core/logger.js';
import type { Severity } from '../operator-events/catalogue/kind.js';
import { statement } from '../storage/statement.js';

/** What a person must check, by the HTTP status without a valid envelope. The first row that matches. */
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

const NOTE = statement('note-refused-request')`
insert into operator_events (kind, severity, message, details)
select $4, $1, $2, $3::jsonb
 where not exists (
   select from operator_events
    where kind = $4 and at > now() - interval '1 hour'
      and details ->> 'httpStatus' is not distinct from $3::jsonb ->> 'httpStatus')`;

interface Refusal {
  readonly kind: 'partner.refused-request' | 'partner.proxy';
  readonly severity: Severity;
  readonly message: string;
  readonly details: { readonly httpStatus: number | null; readonly method: MethodName; readonly outcome: string };
}

/** Reports to operators, once an hour for each cause, that Тройка Бизнес refuses requests, and what to check. */
export class RefusedRequests {
  private readonly notedAt = new Map<string, number>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Called after every call. Losing the event has no other effect. */
  async watch(method: MethodName, result: CallResult): Promise<void> {
    const refusal = refusalOf(method, result);
    if (refusal === undefined) return;
    const { kind, severity, message, details } = refusal;
    const cause = `${kind} ${details.httpStatus}`;
    if (this.clock() - (this.notedAt.get(cause) ?? -Infinity) < PAUSE_MS) return;
    this.notedAt.set(cause, this.clock());
    try {
      const values = [severity, message, JSON.stringify(details), kind];
      await this.pool.query({ ...NOTE, values });
    } catch (error) {
      this.logger.warn({ cause, error: describeError(error) }, 'a refused request was not reported');
    }
  }
}

function refusalOf(method: MethodName, result: CallResult): Refusal | undefined {
  if (result.kind === 'not-sent' && result.reason === 'proxy') {
    return {
      kind: 'partner.proxy',
      severity: 'critical',
      message:
        `Nothing reaches Тройка Бизнес: ${result.detail}. Check HTTPS_PROXY and its credentials; NO_PROXY lists what ` +
        'is called directly.',
      details: { httpStatus: null, method, outcome: result.kind },
    };
  }
  const httpStatus = refusedStatus(result);
  const row = CHECKS.find(([least, most]) => httpStatus !== undefined && httpStatus >= least && httpStatus <= most);
  if (httpStatus === undefined || row === undefined) return undefined;
  const [, , severity, check] = row;
  const message = `Тройка Бизнес answered ${method} with HTTP ${httpStatus} and no answer of its own. ${check}`;
  return {
    kind: 'partner.refused-request',
    severity,
    message,
    details: { httpStatus, method, outcome: result.kind },
  };
}

/**
 * The status by which a request was refused; only after 403 the outcome is uncertain, and the next request gets the
 * same.
 */
function refusedStatus(result: CallResult): number | undefined {
  if (result.kind === 'not-executed') return result.httpStatus;
  return result.kind === 'unknown' && result.httpStatus === 403 ? 403 : undefined;
}
