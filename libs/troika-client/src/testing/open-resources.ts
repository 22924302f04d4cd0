import { createHook } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What an exchange opens, by Node's names for it. */
const KINDS = /^(?:TCP|GETADDRINFO|HTTP|Timeout)/;
const LIMIT_MS = 10_000;

/**
 * Does some work and waits until every socket, timer and lookup that it opened is closed again.
 *
 * @throws Error naming the resources still open after ten seconds
 */
export async function leavingNothingOpen<T>(work: () => Promise<T>): Promise<T> {
  const open = new Map<number, string>();
  const hook = createHook({
    init: (id, kind) => void (KINDS.test(kind) && open.set(id, kind)),
    destroy: (id) => void open.delete(id),
  });
  hook.enable();
  let result: T;
  const limit = performance.now() + LIMIT_MS;
  try {
    result = await work();
    while (open.size > 0 && performance.now() < limit) await nextTurn();
  } finally {
    hook.disable();
  }
  if (open.size > 0) throw new Error(`still open: ${[...open.values()].join(', ')}`);
  return result;
}
