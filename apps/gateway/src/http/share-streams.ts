/**
 * Which stream makes room for one more of a reader, so that no reader keeps others out: the oldest of the reader who has
 * most.
 *
 * @param open the oldest first
 * @returns undefined when the one who asks would have as many as that reader then
 */
export function streamToEnd<S extends { readonly reader: string }>(open: Iterable<S>, reader: string): S | undefined {
  const counts = new Map<string, number>();
  for (const stream of open) counts.set(stream.reader, (counts.get(stream.reader) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most <= (counts.get(reader) ?? 0) + 1) return undefined;
  for (const stream of open) if (counts.get(stream.reader) === most) return stream;
  return undefined;
}
