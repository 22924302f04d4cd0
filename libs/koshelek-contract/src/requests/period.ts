import { loyaltyError } from '../errors/loyalty-error.js';
import { normaliseDate } from '../fields/calendar-date.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readParameter, type Query } from './query.js';

/** Days from `startDate` to `endDate`, both included, `YYYY-MM-DD`; without an end, up to now. */
export interface Period {
  startDate: string;
  endDate?: string;
}

/** Reads the query of method 5 (koshelek-loyalty.md, "Purchases"): a start, and an end that is not before it. */
export function readPeriod(query: Query): Reading<Period> {
  const start = readDay(query, 'startDate');
  if (!start.ok) return start;
  if (start.value === undefined) return refuse(loyaltyError('fieldMissing', { field: 'startDate' }));
  const end = readDay(query, 'endDate');
  if (!end.ok) return end;
  if (end.value === undefined) return accept({ startDate: start.value });
  // Dates of this form sort as text.
  if (start.value > end.value) return refuse(loyaltyError('badPeriod'));
  return accept({ startDate: start.value, endDate: end.value });
}

function readDay(query: Query, field: string): Reading<string | undefined> {
  const text = readParameter(query, field);
  if (!text.ok || text.value === undefined) return text;
  const date = normaliseDate(text.value);
  return date === undefined ? refuse(loyaltyError('badDate', { field })) : accept(date);
}
