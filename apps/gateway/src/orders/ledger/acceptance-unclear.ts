/**
 * An order may be in the ledger although accepting it failed: the commit was sent, and its answer was lost. Under the
 * same key it is accepted once at most.
 */
export class AcceptanceUnclearError extends Error {
  /** @param cause what the database or its connection said */
  constructor(
    readonly orderId: string,
    override readonly cause: unknown,
  ) {
    super(`it is not known whether the order ${orderId} was committed`, { cause });
    this.name = 'AcceptanceUnclearError';
  }
}
