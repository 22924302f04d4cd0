const SAMPLE = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) [+-](\d\d):(\d\d)$/;
const ATOM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)[+-](\d\d):(\d\d)$/;

/**
 * Is this a time in one of the two forms of the contract: `2022-04-22 00:21:02 +03:00` as in its samples, or
 * `2022-04-22T00:21:02+03:00` as in its text? The day and hour must exist. No limit of its age is documented, so any
 * age is accepted.
 */
export function isPartnerTime(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const parts = (SAMPLE.exec(value) ?? ATOM.exec(value))?.slice(1).map(Number);
  if (parts === undefined) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHours = 0, offsetMinutes = 0] = parts;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  return isDate && hour < 24 && minute < 60 && second < 60 && offsetHours <= 14 && offsetMinutes < 60;
}
