import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Actor } from '../audit/actor.js';
import { writeAudit } from '../audit/write-audit.js';
import { composeTestAlert } from './alert.js';
import type { AlertResult, AlertSender } from './alert-sender.js';
import type { AlertForm, AlertTarget } from './alert-target.js';

/** What came back from one target. */
export interface TestedTarget extends Pick<AlertResult, 'outcome' | 'httpStatus' | 'detail' | 'durationMs'> {
  readonly name: string;
  readonly form: AlertForm;
}

/** Sends a test to every target of this process, once and now. */
export class AlertTester {
  constructor(
    private readonly pool: Pool,
    private readonly sender: AlertSender,
    private readonly rules: { readonly targets: readonly AlertTarget[]; readonly runbookUrl: string },
  ) {}

  get hasTargets(): boolean {
    return this.rules.targets.length > 0;
  }

  /** The audit has the call before anything leaves. */
  async test(actor: Actor): Promise<TestedTarget[]> {
    const { targets, runbookUrl } = this.rules;
    const names = targets.map(({ name }) => name);
    await writeAudit(this.pool, actor, { action: 'alerts.test', cardNumber: null, details: { targets: names } });
    const alert = composeTestAlert(`alert_test_${randomUUID()}`, new Date(), runbookUrl);
    return await Promise.all(
      targets.map(async (target) => {
        const { outcome, httpStatus, detail, durationMs } = await this.sender.send(target, alert);
        return { name: target.name, form: target.form, outcome, httpStatus, detail, durationMs };
      }),
    );
  }
}
