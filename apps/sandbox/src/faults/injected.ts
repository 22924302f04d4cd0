import type { FaultMode } from './modes.js';

/** A request with a simulated fault, and whether it was executed. */
export interface InjectedFault {
  readonly fault: FaultMode;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The request, byte for byte. */
  readonly rawBody: string;
}

/** Every fault that was simulated, in order. */
export class InjectedFaults {
  private readonly faults: InjectedFault[] = [];

  add(injected: InjectedFault): void {
    this.faults.push(injected);
  }

  all(): readonly InjectedFault[] {
    return this.faults;
  }

  clear(): void {
    this.faults.length = 0;
  }
}
