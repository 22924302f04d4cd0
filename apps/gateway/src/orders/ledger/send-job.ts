/** What the queue carries: which order, and which of its turns. */
export interface SendJob {
  readonly orderId: string;
  readonly generation: number;
}

/** Job ids may be used once while the queue remembers them, so the generation is part of the id. */
export function jobIdOf({ orderId, generation }: SendJob): string {
  return `${orderId}-${generation}`;
}
