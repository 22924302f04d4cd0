import type { MethodName } from '@vestibule/troika-contract';

/** How often each method was called with valid credentials, with any result. */
export class CallCounts {
  private readonly counts = new Map<MethodName, number>();

  add(method: MethodName): void {
    this.counts.set(method, (this.counts.get(method) ?? 0) + 1);
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  clear(): void {
    this.counts.clear();
  }
}
