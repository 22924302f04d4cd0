/**
 * A position in a list, as the caller sees it: opaque, and valid only for the next page. It contains the sort key of
 * the last entry, so that added or removed entries do not shift the others.
 */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url');
}

/** @returns the parts, or undefined for a text that is no cursor with as many of them */
export function decodeCursor(text: string, count: number): string[] | undefined {
  const decoded = Buffer.from(text, 'base64url');
  if (decoded.toString('base64url') !== text) return undefined;
  const parts = decoded.toString().split(' ');
  return parts.length === count ? parts : undefined;
}
