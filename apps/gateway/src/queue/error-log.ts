import { describeError, type Logger } from '../core/logger.js';

/** The same error is logged again after this time, with the number of repeats. */
const AGAIN_MS = 60_000;
/** So many errors in a second are a loop without a pause. */
const LOOP_ERRORS = 20;
const LOOP_MS = 1_000;

/** Logs each error of a backend once, however often it occurs. */
export class ErrorLog {
  private readonly logged = new Map<string, { atMs: number; repeats: number }>();
  private silent = false;

  constructor(
    private readonly logger: Logger,
    private readonly text: string,
  ) {}

  readonly write = (error: Error): void => {
    if (this.silent) return;
    const described = describeError(error);
    const key = `${described.code ?? ''} ${described.message}`.slice(0, 120);
    const now = performance.now();
    const earlier = this.logged.get(key);
    if (earlier !== undefined && now - earlier.atMs < AGAIN_MS) {
      earlier.repeats += 1;
      return;
    }
    // Errors with ever different texts must not fill the memory.
    if (this.logged.size > 100) this.logged.clear();
    this.logged.set(key, { atMs: now, repeats: 0 });
    const repeats = earlier?.repeats ?? 0;
    this.logger.warn({ error: described, ...(repeats > 0 ? { repeats } : {}) }, this.text);
  };

  /** Stops logging: the server may cut closing connections. */
  silence(): void {
    this.silent = true;
  }
}

/** Notices a loop that runs into errors without a pause, such as a worker whose backend refuses its commands. */
export class ErrorLoop {
  private sinceMs = 0;
  private errors = 0;
  private loops = 0;

  /** @returns whether this error makes it a loop */
  note(): boolean {
    const now = performance.now();
    if (now - this.sinceMs > LOOP_MS) {
      this.sinceMs = now;
      this.errors = 0;
    }
    this.errors += 1;
    if (this.errors !== LOOP_ERRORS) return false;
    this.loops += 1;
    return true;
  }

  /** How long to wait before it is tried again: a second, then twice as long each time, ten seconds at most. */
  get pauseMs(): number {
    return this.loops === 0 ? 0 : Math.min(10_000, 1_000 * 2 ** (this.loops - 1));
  }

  /** It works again. */
  reset(): void {
    this.loops = 0;
  }
}
