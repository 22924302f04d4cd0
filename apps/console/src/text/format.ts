const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** A moment in the reader's time zone: `1 May 2026, 13:45`. */
export function formatMoment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

/** A calendar day, the same everywhere: `1 May 2026`. */
export function formatDay(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** The time printed on a receipt, without a zone: `1 May 2026, 13:45`. */
export function formatPrinted(local: string): string {
  return `${formatDay(local.slice(0, 10))}, ${local.slice(11, 16)}`;
}

/** Decimals, digit by digit and never through a float: `-12345.50` becomes `−12,345.50`. */
export function formatDecimal(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${decimal.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
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

/** A phone as people read it: `+7 916 123-45-67`; one of another country with its plus. */
export function formatPhone(msisdn: string): string {
  const russian = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(msisdn);
  if (russian === null) return `+${msisdn}`;
  const [, code, ...rest] = russian;
  return `+7 ${code} ${rest.join('-')}`;
}
