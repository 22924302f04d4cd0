/** What time it is, on two clocks, in milliseconds. */
export interface Clocks {
  /** Continues evenly, but on some systems not while the machine sleeps. */
  readonly steady: () => number;
  /** Continues while the machine sleeps, but may be set. */
  readonly wall: () => number;
}

const CLOCKS: Clocks = { steady: () => performance.now(), wall: () => Date.now() };

/**
 * How long a claim holds, as its holder sees it. It begins before the claim is asked for, so that it ends here no later
 * than in the ledger: a process that was stopped between its claim and the first byte, and continues when others may
 * have decided about the order, finds that it must not send any more.
 */
export class Lease {
  private readonly steadyEnd: number;
  private readonly wallEnd: number;

  constructor(
    leaseMs: number,
    private readonly clocks: Clocks = CLOCKS,
  ) {
    this.steadyEnd = clocks.steady() + leaseMs;
    this.wallEnd = clocks.wall() + leaseMs;
  }

  /** By either clock: one that is wrong costs an attempt that was not sent, nothing else. */
  holds(): boolean {
    return this.clocks.steady() < this.steadyEnd && this.clocks.wall() < this.wallEnd;
  }
}
