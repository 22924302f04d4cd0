import { language } from './language.js';

const LOCALE = { ru: 'ru-RU', en: 'en-GB' }[language];
const MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' });
const EXACT = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'long' });
const TIME = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium' });
const HOUR = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const NUMBER = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
/** Under so many seconds, in units of so many. */
const AGES = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
] as const;
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
/** What stands between thousands, and before decimals. */
const [GROUP, POINT] = { ru: ['\u00a0', ','], en: [',', '.'] }[language] as [string, string];

/** A moment in the reader's time zone: `1 May 2026, 13:45`. */
export function formatMoment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

/** The same in a time zone that is not the reader's own: one of a report. */
export function formatMomentIn(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso));
}

/** The same with its seconds and the zone. */
export function formatExactly(iso: string): string {
  return EXACT.format(new Date(iso));
}

/** The time of day with its seconds, in the reader's time zone: `13:45:07`. */
export function formatTime(iso: string): string {
  return TIME.format(new Date(iso));
}

/** The same without the day if that is today: `13:45`. */
export function formatSince(iso: string): string {
  const since = new Date(iso);
  return since.toDateString() === new Date().toDateString() ? HOUR.format(since) : MOMENT.format(since);
}

/** A month: `2026-11` becomes `November 2026`. */
export function formatMonth(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

/** A calendar day, the same everywhere: `1 May 2026`. */
export function formatDay(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** The time printed on a receipt, without a zone: `1 May 2026, 13:45`. */
export function formatPrinted(local: string): string {
  return `${formatDay(local.slice(0, 10))}, ${local.slice(11, 16)}`;
}

/** Decimals, digit by digit and never through a float: `-12345.50` becomes `−12,345.50`, in Russian `−12 345,50`. */
export function formatDecimal(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, GROUP);
  return `${decimal.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `${POINT}${fraction}`}`;
}

/** A change, with its sign: `+5`, `−5`. */
export function formatChange(decimal: string): string {
  return decimal.startsWith('-') ? formatDecimal(decimal) : `+${formatDecimal(decimal)}`;
}

/** Kopecks as roubles: `123450` becomes `1,234.50 ₽`. */
export function formatKopecks(kopecks: string): string {
  const digits = kopecks.replace('-', '').padStart(3, '0');
  return `${formatDecimal(`${kopecks.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`)} ₽`;
}

/** An amount in roubles: `2,800 ₽`, and with its kopecks `63.50 ₽`. */
export function formatRoubles(amount: string | number): string {
  const [whole = '', fraction = ''] = String(amount).split('.');
  const kopecks = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${formatDecimal(kopecks === '00' ? whole : `${whole}.${kopecks}`)} ₽`;
}

/** A phone as people read it: `+7 916 123-45-67`; one of another country with its plus. */
export function formatPhone(msisdn: string): string {
  const russian = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(msisdn);
  if (russian === null) return `+${msisdn}`;
  const [, code, ...rest] = russian;
  return `+7 ${code} ${rest.join('-')}`;
}

/** The time of day of an axis: `13:45`. @param ms since 1970 */
export function formatHour(ms: number): string {
  return HOUR.format(ms);
}

/** A count or a measure, rounded to a tenth: `1,234`, `0.4`. */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** A length of time in its largest unit: `3 days`, `2 hours`, `40 seconds`. */
export function formatAge(secs: number): string {
  const [, length, unit] = AGES.find(([most]) => secs < most) ?? [0, 86_400, 'day'];
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(secs / length));
}
