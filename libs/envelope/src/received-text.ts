/**
 * The beginning of what came from outside as text: cut between two characters, without NUL, which PostgreSQL cannot
 * store.
 *
 * @param isCut whether the bytes may end within a character: more were there than are kept, or than have arrived
 */
export function receivedText(bytes: Uint8Array, mostBytes: number, isCut = bytes.length > mostBytes): string {
  // In stream mode the decoder holds back a character that the cut has split.
  const text = new TextDecoder().decode(bytes.subarray(0, mostBytes), { stream: isCut });
  return text.replaceAll('\u0000', '\uFFFD');
}
