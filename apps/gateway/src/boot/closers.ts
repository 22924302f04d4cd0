import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../core/logger.js';
import { TimeLimit } from './time-limit.js';

/** Something that was started, by its name for the log, and how it ends; called once, at any moment. */
interface Step {
  readonly what: string;
  readonly close: () => Promise<unknown>;
}

/** How long a stop may take, in milliseconds from its beginning. */
export interface StopLimits {
  /** How long load balancers have to notice that the process is to end, before the rest of the time begins. */
  readonly noticeMs?: number;
  /** Work in progress may be finished until then; after that it is aborted. */
  readonly finishMs: number;
  /** Everything. */
  readonly allMs: number;
}

/** The time to record aborted work. */
const WRITE_DOWN_MS = 500;
/** The time for the remaining steps once the time limit has passed or the stop is hurried. */
const REST_MS = 1_000;

/**
 * Stops the started parts. Those that take work stop first and together: they take no more work, and finish work in
 * progress. Their dependencies – the queue, the pool, the database – follow in the reverse order of their start. No
 * step can delay the end of the process beyond the limits.
 */
export class Closers {
  private readonly working: Step[] = [];
  private readonly steps: Step[] = [];
  private readonly beginning = new AbortController();
  private readonly breaking = new AbortController();
  private closing: Promise<void> | undefined;
  private leaving = false;

  /** @param limits none unless given: a command is waited for */
  constructor(
    private readonly logger: Logger,
    private readonly limits: StopLimits = { finishMs: Infinity, allMs: Infinity },
  ) {
    // Every call in progress listens.
    setMaxListeners(0, this.beginning.signal, this.breaking.signal);
  }

  /** Whether probes must say that the process is to end. */
  get isLeaving(): boolean {
    return this.leaving;
  }

  /** Lets probes know that the process is to end, and goes on with all work until those who ask them have noticed. */
  async leave(hurry: AbortSignal): Promise<void> {
    this.leaving = true;
    const { noticeMs = 0 } = this.limits;
    if (noticeMs > 0) await delay(noticeMs, undefined, { signal: hurry, ref: false }).catch(() => undefined);
  }

  /** Aborted when the process closes. */
  get begun(): AbortSignal {
    return this.beginning.signal;
  }

  /** Aborted when work in progress is not waited for any longer. */
  get broken(): AbortSignal {
    return this.breaking.signal;
  }

  /** @param close takes nothing more at once, and resolves when work in progress is finished */
  addWork(what: string, close: Step['close']): void {
    this.working.push({ what, close });
  }

  /** @param close is called when no work is left */
  add(what: string, close: Step['close']): void {
    this.steps.push({ what, close });
  }

  /**
   * Runs every step once, also when one of them fails; then throws what failed first.
   *
   * @param hurry aborted by a second signal: work in progress is aborted too
   */
  closeAll(hurry?: AbortSignal): Promise<void> {
    this.closing ??= this.closeOnce(hurry);
    return this.closing;
  }

  private async closeOnce(hurry: AbortSignal | undefined): Promise<void> {
    const finishing = new TimeLimit(this.limits.finishMs);
    const all = new TimeLimit(this.limits.allMs);
    const rush = (): void => {
      finishing.shorten(0);
      all.shorten(WRITE_DOWN_MS + REST_MS);
    };
    if (hurry?.aborted === true) rush();
    hurry?.addEventListener('abort', rush);
    const failures: unknown[] = [];
    const late = new Set<string>();
    const run = async ({ what, close }: Step): Promise<void> => {
      late.add(what);
      await close().catch((error: unknown) => failures.push(error));
      late.delete(what);
    };
    this.beginning.abort();
    const finished = Promise.all(this.working.splice(0).map(run));
    if (!(await finishing.allows(finished))) {
      this.breaking.abort();
      const writing = new TimeLimit(WRITE_DOWN_MS);
      if (!(await writing.allows(finished))) failures.push(new Error(`not finished: ${[...late].join(', ')}`));
      writing.end();
    }
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) await all.allows(run(step));
    finishing.end();
    all.end();
    hurry?.removeEventListener('abort', rush);
    if (late.size > 0) this.logger.warn({ late: [...late] }, 'not closed in time: left as it is');
    if (failures.length > 0) throw failures[0];
  }
}
