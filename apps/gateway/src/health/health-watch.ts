import { setTimeout as delay } from 'node:timers/promises';
import { describeError, type Logger } from '../core/logger.js';
import type { Condition, Conditions } from './conditions.js';

/** Looks for a few kinds of trouble. */
export interface HealthCheck {
  readonly kinds: readonly string[];
  /** What of it is the case now; an error leaves what was found before. */
  find(): Promise<readonly Condition[]>;
}

const PERIOD_MS = 5_000;
/** How long a round may take that `ready` waits for. */
const ROUND_LIMIT_MS = 2_000;

/** Runs the checks of a process again and again, beside its work. */
export class HealthWatch {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly checks: readonly HealthCheck[],
    private readonly conditions: Conditions,
    private readonly logger: Logger,
  ) {}

  start(): void {
    void this.look();
    this.timer = setInterval(() => void this.look(), PERIOD_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.race([this.looking, delay(ROUND_LIMIT_MS, undefined, { ref: false })]);
  }

  /** One round; who asks while one is under way gets that one, for a while. */
  async look(): Promise<void> {
    this.looking ??= this.runAll().finally(() => (this.looking = undefined));
    await Promise.race([this.looking, delay(ROUND_LIMIT_MS, undefined, { ref: false })]);
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
