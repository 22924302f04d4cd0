const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a year, a month (1 to 12) and a day (from 1) are in the Gregorian calendar. Year 0 is not: PostgreSQL has none. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= days;
}

/**
 * Reads a date as the contract writes it: `YYYY-MM-DD`, a day that exists. Whether it lies in the future is for
 * somebody with a clock.
 *
 * @returns the date without the spaces around it, or `undefined`
 */
export function normaliseDate(text: string): string | undefined {
  const date = text.trim();
  const parts = FORM.exec(date);
  return parts && isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) ? date : undefined;
}
