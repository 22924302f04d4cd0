const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Whether a year, a month (1 to 12) and a day (from 1) are in the Gregorian calendar. Year 0 is not, because PostgreSQL
 * has no year 0.
 */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= days;
}

/**
 * Reads a date as the contract writes it: `YYYY-MM-DD`, a day that exists.
 *
 * @returns the date without the spaces around it, or `undefined`
 */
export function normaliseDate(text: string): string | undefined {
  const date = text.trim();
  const parts = FORM.exec(date);
  return parts && isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) ? date : undefined;
}

/** The earliest birth year. Other systems write 1900 for "unknown", which does no harm. */
const EARLIEST_BIRTH_DATE = '1900-01-01';

/** It is tomorrow in the east by so much before it is here. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/**
 * Whether a person can have been born on a day.
 *
 * @param date `YYYY-MM-DD`
 * @param now from the caller's clock
 */
export function isBirthDate(date: string, now: Date): boolean {
  const today = new Date(now.getTime() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
  return date >= EARLIEST_BIRTH_DATE && date <= today;
}
