const OWN_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const DAY_MS = 86_400_000;

/** The day of a moment in a time zone, the reader's own unless given: `2026-11-27`. */
export function dayIn(moment: string | Date, timeZone = OWN_ZONE): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(new Date(moment));
}

/** The last so many days, today included. */
export function lastDays(count: number, now = new Date(), timeZone = OWN_ZONE): { from: string; to: string } {
  const to = dayIn(now, timeZone);
  // A calendar day is as long in UTC as any other.
  return { from: dayIn(new Date(Date.parse(to) - (count - 1) * DAY_MS), 'UTC'), to };
}

/** The beginning of a day in the reader's zone, or of one of the days after it. */
export function startOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
