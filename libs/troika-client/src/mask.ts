/**
 * Masks a secret in an answer: some error pages repeat the request's headers, and answers are stored and shown. It
 * works on bytes, so that the rest is unchanged, text or not.
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
