import { Periodic } from '../../storage/periodic.js';
import type { PartFinding, Part } from './part.js';

/** How a part is asked whether it is there. */
export interface PartProbe {
  readonly part: Part;
  readonly periodMs: number;
  /**
   * @param limit aborted when the time is up: then the part does not answer
   * @returns undefined where nothing can be said
   * @throws any error: it does not answer
   */
  readonly look: (limit: AbortSignal) => Promise<PartFinding | undefined>;
}

/** Two failures, each with a period before it, and the report must fit into ten seconds. */
const LIMIT_MS = 2_000;

/** Asks each part again and again, beside the work of the process. No part waits for another one that hangs. */
export class PartWatch {
  private readonly underWay = new Set<AbortController>();
  private hasStopped = false;
  private readonly rounds: readonly Periodic[];

  constructor(probes: readonly PartProbe[]) {
    this.rounds = probes.map((probe) => new Periodic(probe.periodMs, () => this.ask(probe)));
  }

  start(): void {
    for (const round of this.rounds) round.start({ atOnce: true });
  }

  /** Resolves at once, also while a part hangs. */
  async stop(): Promise<void> {
    this.hasStopped = true;
    for (const limit of this.underWay) limit.abort();
    await Promise.all(this.rounds.map((round) => round.stop()));
  }

  private async ask({ part, look }: PartProbe): Promise<void> {
    const limit = new AbortController();
    this.underWay.add(limit);
    const timer = setTimeout(() => limit.abort(), LIMIT_MS);
    const silence = new Promise<false>((resolve) => limit.signal.addEventListener('abort', () => resolve(false)));
    const found = await Promise.race([look(limit.signal).catch(() => false), silence]);
    clearTimeout(timer);
    this.underWay.delete(limit);
    if (found !== undefined && !this.hasStopped) part.note(found);
  }
}
