import { describeError, type Logger } from '../core/logger.js';
import { Periodic } from '../storage/periodic.js';
import type { Condition, Conditions } from './conditions.js';
import { within } from '../core/within.js';

/** Looks for a few kinds of trouble. */
export interface HealthCheck {
  readonly kinds: readonly string[];
  /** The present findings; an error keeps the previous ones. */
  find(): Promise<readonly Condition[]>;
}

const PERIOD_MS = 5_000;
/** How long a round may take that `ready` waits for. */
const ROUND_LIMIT_MS = 2_000;

/** Runs the checks of a process again and again, beside its work. */
export class HealthWatch {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.runAll());

  constructor(
    private readonly checks: readonly HealthCheck[],
    private readonly conditions: Conditions,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.periodic.start({ atOnce: true });
  }

  async stop(): Promise<void> {
    await atMost(this.periodic.stop());
  }

  /** One round; a call during a round gets that one, with a time limit. */
  async look(): Promise<void> {
    await atMost(this.periodic.run());
  }

  private async runAll(): Promise<void> {
    await Promise.all(
      this.checks.map(async (check) => {
        try {
          this.conditions.report(check.kinds, await check.find());
        } catch (error) {
          this.logger.debug({ kinds: check.kinds, error: describeError(error) }, 'a health check had no answer');
        }
      }),
    );
  }
}

/** Waits for a round, at most for its limit: a check may hang. */
async function atMost(round: Promise<void>): Promise<void> {
  await within(ROUND_LIMIT_MS, round, undefined);
}
