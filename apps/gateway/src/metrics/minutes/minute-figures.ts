import { CLASSES, durationClassOf } from './duration-class.js';

/** Who calls whom: Кошелёк calls us, we call Тройка Бизнес. */
export const DIRECTIONS = ['koshelek', 'troika'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What is added to a row of a minute. */
export interface MinuteFigure {
  readonly minute: Date;
  readonly direction: Direction;
  readonly durationClass: number;
  readonly calls: number;
  readonly failed: number;
}

const MINUTE_MS = 60_000;
/** Minutes that are kept while the database is away. */
const MOST_MINUTES = 120;

/** Counts by direction and class of durations, one behind the other: noting a call is an addition, no look-up. */
class Counts {
  readonly calls = new Uint32Array(DIRECTIONS.length * CLASSES);
  readonly failed = new Uint32Array(DIRECTIONS.length * CLASSES);

  add(at: number, calls: number, failed: number): void {
    this.calls[at] = (this.calls[at] ?? 0) + calls;
    this.failed[at] = (this.failed[at] ?? 0) + failed;
  }
}

/** What this process has seen and not written down yet. */
export class MinuteFigures {
  private noted = new Counts();
  private isEmpty = true;
  /** By minute, in milliseconds since 1970. */
  private readonly kept = new Map<number, Counts>();

  note(direction: Direction, durationMs: number, hasFailed: boolean): void {
    const row = direction === 'koshelek' ? 0 : CLASSES;
    this.noted.add(row + durationClassOf(durationMs), 1, hasFailed ? 1 : 0);
    this.isEmpty = false;
  }

  /**
   * Puts what was noted since the last time into the present minute.
   *
   * @returns everything that is not written down
   */
  gather(nowMs: number): MinuteFigure[] {
    if (!this.isEmpty) this.keep(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS);
    for (const oldest of [...this.kept.keys()].slice(0, Math.max(0, this.kept.size - MOST_MINUTES))) {
      this.kept.delete(oldest);
    }
    return [...this.kept].flatMap(([ms, counts]) => figuresOf(new Date(ms), counts));
  }

  /** What was gathered is written down. Only what was noted since then is left. */
  forget(): void {
    this.kept.clear();
  }

  private keep(minuteMs: number): void {
    const { noted } = this;
    this.noted = new Counts();
    this.isEmpty = true;
    const present = this.kept.get(minuteMs);
    if (present === undefined) this.kept.set(minuteMs, noted);
    else for (const [at, calls] of noted.calls.entries()) present.add(at, calls, noted.failed[at] ?? 0);
  }
}

function figuresOf(minute: Date, { calls, failed }: Counts): MinuteFigure[] {
  return DIRECTIONS.flatMap((direction, row) =>
    Array.from({ length: CLASSES }, (_, durationClass) => {
      const at = row * CLASSES + durationClass;
      return { minute, direction, durationClass, calls: calls[at] ?? 0, failed: failed[at] ?? 0 };
    }).filter((figure) => figure.calls > 0),
  );
}
