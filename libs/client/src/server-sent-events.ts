/** One event of a stream. */
export interface ServerSentEvent {
  readonly id: string;
  readonly data: string;
}

/**
 * Reads a stream of server-sent events (HTML, «Server-sent events»): comments, names and retry times are passed over.
 * Ends when the stream does.
 */
export async function* readServerSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let id = '';
  let data: string[] = [];
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { id, data: data.join('\n') };
        data = [];
        continue;
      }
      const { name, value } = splitLine(line);
      if (name === 'id') id = value;
      else if (name === 'data') data.push(value);
    }
  }
}

function splitLine(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon === -1) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}
