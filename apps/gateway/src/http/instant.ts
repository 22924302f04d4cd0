/** RFC 3339 with a zone; PostgreSQL's own years, and nothing that a Date would round up to the next month. */
const INSTANT = /^([12]\d{3})-(0[1-9]|1[0-2])-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-](?:0\d|1[0-5]):[0-5]\d)$/;

/** @returns whether a text is a moment that both JavaScript and PostgreSQL understand */
export function isInstant(text: string): boolean {
  const [, year, month, day] = INSTANT.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(text))) return false;
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}
