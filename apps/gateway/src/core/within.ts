import { setTimeout as delay } from 'node:timers/promises';

/**
 * What a promise gives, or `otherwise` when it has given nothing in time. It is not ended: what it brings later is dropped.
 * The wait alone keeps no process running.
 */
export async function within<T, O>(limitMs: number, asked: Promise<T>, otherwise: O): Promise<T | O> {
  return await Promise.race([asked, delay(limitMs, otherwise, { ref: false })]);
}

/**
 * A question that may hang, asked again and again with a limit. It is not asked a second time while its answer is
 * outstanding; who asks meanwhile waits for the same answer.
 */
export function askInTurn<T, O>(ask: () => Promise<T>, limitMs: number, otherwise: O): () => Promise<T | O> {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => (asking = undefined));
    return within(limitMs, asking, otherwise);
  };
}

/** Waits for work, but not beyond the moment a signal is aborted; the work itself is not ended. */
export async function untilAborted(work: Promise<unknown>, enough: AbortSignal | undefined): Promise<void> {
  const left = new Promise<void>((resolve) => enough?.addEventListener('abort', () => resolve()));
  await Promise.race([work, left]);
}
