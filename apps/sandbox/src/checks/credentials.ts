import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * A check of the Authorization header against one user (RFC 7617), in constant time: digests are compared, so that
 * the duration depends neither on the position of the first wrong character nor on the length.
 */
export function basicCheck(user: string, password: string): (authorization: string | undefined) => boolean {
  const expected = digest(Buffer.from(`${user}:${password}`));
  return (authorization) => {
    const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
    return timingSafeEqual(digest(Buffer.from(encoded ?? '', 'base64')), expected);
  };
}

function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
