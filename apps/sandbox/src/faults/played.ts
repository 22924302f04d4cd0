import type { FaultMode } from './modes.js';

/** A request on which a fault was played: its caller may not know what became of it, we do. */
export interface PlayedFault {
  readonly fault: FaultMode;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The request exactly as it came. */
  readonly rawBody: string;
}

/** Every fault that was played, in order. */
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
