export interface CoalescerOptions {
  /** The most items one run takes. */
  readonly maxBatch: number;
  /** The most runs in progress at once; while they are, what arrives gathers for the next. */
  readonly maxConcurrent: number;
  /**
   * How long items wait for company, in milliseconds, unless `enough` are there; nothing waits when left out. Worth it
   * where a run costs the database far more than one item more does, and no one waits for the single item.
   */
  readonly gather?: { readonly ms: number; readonly enough: number };
  /** Says of a failure that one item of the batch caused it: the halves are then run apart, until it stands alone. */
  readonly isItemFault?: (error: unknown) => boolean;
}

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (error: unknown) => void;
}

function ignore(): void {
  // No one waits.
}

/**
 * Turns many small calls into few large ones: calls submitted within one tick of the event loop, or while earlier runs
 * are busy, share one run. A single call waits only for the end of its own tick.
 */
export class Coalescer<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = 0;
  private scheduled = false;
  private timer: NodeJS.Timeout | undefined;
  private idleListeners: (() => void)[] = [];

  /** @param run gets a batch and gives one result per item, in the same order; when it throws, every item fails. */
  constructor(
    private readonly run: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly options: CoalescerOptions,
  ) {}

  submit(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /** As `submit`, for the one who does not wait for it: many such items cost little memory. `run` deals with failures. */
  push(item: In): void {
    this.waiting.push({ item, resolve: ignore, reject: ignore });
    this.schedule();
  }

  /** How many items wait for their run. */
  get size(): number {
    return this.waiting.length;
  }

  /** Resolves once nothing waits and nothing runs. */
  async idle(): Promise<void> {
    if (this.running === 0 && this.waiting.length === 0) return;
    await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  private schedule(): void {
    if (this.running >= this.options.maxConcurrent) return;
    const { gather } = this.options;
    if (gather !== undefined && this.waiting.length < gather.enough) {
      this.timer ??= setTimeout(() => this.flush(), gather.ms);
    } else if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  private flush(): void {
    this.scheduled = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.waiting.length > 0 && this.running < this.options.maxConcurrent) {
      const batch = this.waiting.splice(0, this.options.maxBatch);
      this.running += 1;
      void this.execute(batch);
    }
  }

  private async execute(batch: readonly Waiting<In, Out>[]): Promise<void> {
    await this.runApart(batch);
    this.running -= 1;
    if (this.waiting.length > 0) this.schedule();
    else if (this.running === 0) for (const listener of this.idleListeners.splice(0)) listener();
  }

  private async runApart(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`a run of ${batch.length} items gave ${results.length} results`);
      }
      batch.forEach(({ resolve }, index) => resolve(results[index] as Out));
    } catch (error) {
      if (batch.length > 1 && this.options.isItemFault?.(error) === true) {
        const middle = batch.length >> 1;
        await this.runApart(batch.slice(0, middle));
        await this.runApart(batch.slice(middle));
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
