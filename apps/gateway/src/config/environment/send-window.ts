import { address } from './rules.js';
import { isZone } from './time-zone.js';
import type { SendWindow } from '../config.js';

const FORM = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)\s+(\S+)$/;
const ALLOWED = 'hours and a time zone, such as 08:00-23:00 Europe/Moscow, or 22:00-06:00 Europe/Moscow past midnight';

/** Reads `HH:MM-HH:MM Area/City`; undefined for anything else. */
export function readSendWindow(text: string): SendWindow | undefined {
  const [, opens, closes, zone] = FORM.exec(text.trim()) ?? [];
  if (opens === undefined || closes === undefined || zone === undefined) return undefined;
  return opens === closes || !isZone(zone) ? undefined : { opens, closes, zone };
}

export const sendWindow = address((text) => (readSendWindow(text) === undefined ? ALLOWED : undefined));
