import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES_OF_ID = 16;
/** For many ids at once: asking the system for random bytes takes longer than everything else about an id. */
const random = Buffer.alloc(BYTES_OF_ID * 256);
let used = random.length;
let msecs = 0;
let seq = 0;

/** A UUID of version 7. The ids of one process grow in the order in which they are made. */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const own = random.subarray(used, used + BYTES_OF_ID);
  used += BYTES_OF_ID;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // Of its 32 bits the first stays free for those of the same millisecond.
    seq = own.readUInt32BE(6) >>> 1;
  } else {
    seq += 1;
  }
  return v7({ random: own, msecs, seq });
}
