import type { FaultMode } from './modes.js';

/** A request with a simulated fault, and whether it was executed. */
export interface PlayedFault {
  readonly fault: FaultMode;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The request, byte for byte. */
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
