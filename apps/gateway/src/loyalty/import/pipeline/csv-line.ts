/**
 * The fields of one line of a CSV file with `;` between them. A field may stand in double quotes, which stand doubled
 * inside them.
 *
 * @returns `undefined` when a quote is not closed
 */
export function splitCsvLine(line: string): string[] | undefined {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!text.includes('"')) return text.split(';');
  const fields: string[] = [];
  for (let at = 0; ;) {
    const quoted = text[at] === '"';
    if (!quoted) {
      const end = text.indexOf(';', at);
      fields.push(text.slice(at, end === -1 ? undefined : end));
      if (end === -1) return fields;
      at = end + 1;
      continue;
    }
    const match = /^"((?:[^"]|"")*)"(;|$)/.exec(text.slice(at));
    if (match === null) return undefined;
    const [whole, field = '', separator] = match;
    fields.push(field.replaceAll('""', '"'));
    if (separator === '') return fields;
    at += whole.length;
  }
}
