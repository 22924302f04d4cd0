import { randomBytes } from 'node:crypto';
import type { Profile, SearchQuery } from '@vestibule/koshelek-contract';

/** A holder and the card, with their data. */
export interface Holder {
  readonly number: string;
  profile: Profile;
  points: number;
}

/** The programme of the reference server: all in memory, never removed. */
export class Programme {
  readonly holders = new Map<string, Holder>();
  readonly reserved = new Set<string>();
  readonly receipts = new Set<string>();
  private lastNumber = Number.parseInt(randomBytes(4).toString('hex'), 16);

  /** Every card number is a Code 128 text with a leading zero, so that reading it as a number damages it. */
  newNumber(): string {
    this.lastNumber += 1;
    return `0${String(this.lastNumber).padStart(12, '0')}`;
  }

  find({ msisdn, email, birthDate }: SearchQuery): Holder[] {
    const holders = [...this.holders.values()];
    const named = holders.filter(
      ({ profile }) =>
        (msisdn !== undefined && profile.phone === msisdn) || (email !== undefined && profile.email === email),
    );
    if (named.length > 0) return named;
    return holders.filter(({ profile }) => birthDate !== undefined && profile.birthDate === birthDate);
  }

  issue(number: string, profile: Profile): Holder {
    const holder = { number, profile, points: 100 };
    this.holders.set(number, holder);
    this.reserved.delete(number);
    return holder;
  }

  /** Whether a profile names the phone or the e-mail of another card. */
  belongsToAnother({ phone, email }: Profile, number: string): boolean {
    return [...this.holders.values()].some(
      ({ number: other, profile }) =>
        other !== number &&
        ((phone !== undefined && profile.phone === phone) || (email !== undefined && profile.email === email)),
    );
  }
}
