import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Actor } from '../audit/actor.js';
import { writeAudit } from '../audit/write-audit.js';
import { composeTestAlert, type AlertLinks } from './alert.js';
import type { AlertResult, AlertSender } from './alert-sender.js';
import {
  integer,
  listOf,
  named,
  object,
  oneOf,
  orNull,
  text,
  type Schema,
  type TypeOf,
} from '../http/schema/schema.js';
import { ALERT_FORMS, type AlertTarget } from './alert-target.js';

const DURATION_MS: Schema<number> = { type: 'number', description: 'In milliseconds.' };
const TESTED = named(
  'TestedTarget',
  object({
    name: text('Its name in ALERT_WEBHOOKS.'),
    form: oneOf(ALERT_FORMS, 'What its bodies look like.'),
    outcome: text('delivered, refused, or how the call failed.') as Schema<AlertResult['outcome']>,
    httpStatus: orNull(integer('The HTTP status of the answer.')),
    detail: orNull(text('For a person; null when the status says it all.')),
    durationMs: DURATION_MS,
  }),
);
/** What came back from one target. */
export type TestedTarget = TypeOf<typeof TESTED>;
export const TESTED_TARGETS = named('TestedTargets', object({ targets: listOf(TESTED) }));

/** Sends a test to every target of this process, once and now. */
export class AlertTester {
  constructor(
    private readonly pool: Pool,
    private readonly sender: AlertSender,
    private readonly rules: AlertLinks & { readonly targets: readonly AlertTarget[] },
  ) {}

  get hasTargets(): boolean {
    return this.rules.targets.length > 0;
  }

  /** The audit has the call before anything leaves. */
  async test(actor: Actor): Promise<TestedTarget[]> {
    const { targets } = this.rules;
    const names = targets.map(({ name }) => name);
    await writeAudit(this.pool, actor, { action: 'alerts.test', cardNumber: null, details: { targets: names } });
    const alert = composeTestAlert(`alert_test_${randomUUID()}`, new Date(), this.rules);
    return await Promise.all(
      targets.map(async (target) => {
        const { outcome, httpStatus, detail, durationMs } = await this.sender.send(target, alert);
        return { name: target.name, form: target.form, outcome, httpStatus, detail, durationMs };
      }),
    );
  }
}
