import { createHash, timingSafeEqual } from 'node:crypto';

/** A check of one secret that takes the same time for any guess. */
export function secretCheck(expected: string): (given: string) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const wanted = digest(expected);
  return (given) => timingSafeEqual(digest(given), wanted);
}
