/** The content of a job in the queue: which order, and which of its generations. */
export interface SendJob {
  readonly orderId: string;
  readonly generation: number;
}

/** Job ids may be used once while the queue remembers them, so the generation is part of the id. */
export function jobIdOf({ orderId, generation }: SendJob): string {
  return `${orderId}-${generation}`;
}
