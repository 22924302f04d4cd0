import { checkDigit } from '@vestibule/koshelek-contract';

/** How many members with cards there are. */
export const MEMBERS = 10_000;

/** A member of an invented shop, the same in every database. */
export interface Member {
  readonly msisdn: string;
  readonly email: string;
  readonly birthDate: string;
  readonly cardNumber: string;
}

/** The member of a place from 0 on, of at most ten million; the card's number is a valid EAN-13. */
export function memberAt(place: number): Member {
  const digits = String(place).padStart(7, '0');
  const body = `29000${digits}`;
  return {
    msisdn: `7900${digits}`,
    email: `member-${digits}@example.com`,
    birthDate: `19${50 + (place % 50)}-0${1 + (place % 9)}-${10 + (place % 19)}`,
    cardNumber: `${body}${checkDigit('EAN_13', body)}`,
  };
}

/** A phone without a member, in the same form. */
export function strangerAt(place: number): string {
  return `7999${String(place).padStart(7, '0')}`;
}
