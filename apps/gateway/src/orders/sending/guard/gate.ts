/** A run of the database server that matches none: nothing can be claimed with it. */
const NO_RUN = '';

/**
 * Whether this process may send, as it knows itself. It starts closed, and opens once the ledger's identity was checked
 * and the send journal compared. Anything may close it, each cause by its own name: it is open when none is left.
 *
 * What it permits is one run of the database server. The claim compares that in its own statement, so that nothing is
 * claimed on a server that was started since, before the check was made there.
 */
export class SendingGate {
  private readonly causes = new Map<string, string>([['ledger', 'the ledger was not checked yet']]);
  private readonly listeners = new Set<() => void>();
  private run: string = NO_RUN;

  get isOpen(): boolean {
    return this.causes.size === 0;
  }

  /** Whether the send journal was compared with the ledger as it is now. */
  get isLedgerChecked(): boolean {
    return !this.causes.has('ledger');
  }

  /** Why it is closed, one sentence per cause. */
  get reasons(): string[] {
    return [...this.causes.values()];
  }

  /** The run of the server on which this process may claim; one that matches none while the gate is closed. */
  permittedRun(): string {
    return this.isOpen ? this.run : NO_RUN;
  }

  /** @param cause a stable word, such as `clock`; @param why a sentence for an operator */
  close(cause: string, why: string): void {
    const wasOpen = this.isOpen;
    this.causes.set(cause, why);
    if (wasOpen) this.notify();
  }

  open(cause: string): void {
    if (this.causes.delete(cause) && this.isOpen) this.notify();
  }

  /** The ledger was checked on this run of the server. */
  admit(run: string): void {
    this.run = run;
    this.open('ledger');
  }

  /**
   * @param listener called on each change between open and closed;
   * @returns a function that removes it
   */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}
