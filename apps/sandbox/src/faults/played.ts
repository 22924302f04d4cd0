import type { FaultMode } from './modes.js';

/** A request that met a fault. Its caller may not know what became of it; the stand-in does. */
export interface PlayedFault {
  readonly fault: FaultMode;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The request exactly as it came. */
  readonly rawBody: string;
}

/** Every fault that was simulated, in order. */
export class PlayedFaults {
  private readonly faults: PlayedFault[] = [];

  add(played: PlayedFault): void {
    this.faults.push(played);
  }

  all(): readonly PlayedFault[] {
    return this.faults;
  }

  clear(): void {
    this.faults.length = 0;
  }
}
