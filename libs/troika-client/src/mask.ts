/**
 * Blots a secret out of what a partner sent: error pages that repeat the request's headers exist, and what comes back
 * is kept and shown. Byte for byte, so that the rest stays as it came, whether it is text or not.
 *
 * @param secret ASCII, as it is in the header
 */
export function maskSecret(bytes: Buffer, secret: string): Buffer {
  // JSON may write a slash with a backslash in front.
  const spellings = new Set([secret, secret.replaceAll('/', '\\/')]);
  let masked = bytes;
  for (const spelling of spellings) {
    if (!masked.includes(spelling)) continue;
    masked = Buffer.from(masked.toString('latin1').replaceAll(spelling, '*'.repeat(spelling.length)), 'latin1');
  }
  return masked;
}
