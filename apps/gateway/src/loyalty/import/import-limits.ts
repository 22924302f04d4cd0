import { Readable } from 'node:stream';
import { problem, ProblemError } from '../../http/problem.js';

/** As many imports as a process makes at once: each has a connection of its own and half of the process's time. */
export const MOST_IMPORTS = 2;
const RETRY_AFTER_SECS = 10;
/** A reader that takes nothing for so long is gone, whatever its connection says. */
const MAX_STALL_MS = 60_000;

/** Counts the imports of a process. */
export class ImportSlots {
  private taken = 0;

  /** @returns what gives the slot back, once @throws ProblemError 429 when as many imports are under way as may be */
  take(): () => void {
    if (this.taken >= MOST_IMPORTS) {
      const detail = `${MOST_IMPORTS} imports are under way in this process already: send the file when one has ended.`;
      throw new ProblemError(problem('too-many-imports', detail), { 'retry-after': String(RETRY_AFTER_SECS) });
    }
    this.taken += 1;
    let isBack = false;
    return () => {
      if (!isBack) this.taken -= 1;
      isBack = true;
    };
  }
}

/** A stream of pieces that ends when its reader has taken nothing for a while: what makes them is then ended too. */
export function endWhenUnread(pieces: AsyncGenerator<string>, maxStallMs = MAX_STALL_MS): Readable {
  let offeredAt: number | undefined;
  async function* offer(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      offeredAt = performance.now();
      yield piece;
      offeredAt = undefined;
    }
  }
  const stream = Readable.from(offer());
  const check = setInterval(() => {
    if (offeredAt !== undefined && performance.now() - offeredAt > maxStallMs) stream.destroy();
  }, maxStallMs / 4);
  check.unref();
  stream.once('close', () => clearInterval(check));
  return stream;
}
