/** A reserved number is kept for an hour. */
const HOLD_MS = 3_600_000;

/** The members of an invented shop, in memory: their cards, and the reserved numbers. */
export class Members {
  /** @type {Map<string, any>} by card number */
  cards = new Map();
  /** @type {Map<string, number>} the end of the hold, by number */
  held = new Map();
  serial = 0;

  /** A new number: EAN-13, of the range 20 to 29 that GS1 leaves to shops. */
  newNumber() {
    const digits = `29${String((this.serial += 1)).padStart(10, '0')}`;
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  }

  reserve() {
    const number = this.newNumber();
    this.held.set(number, Date.now() + HOLD_MS);
    return number;
  }

  add(number, profile) {
    this.held.delete(number);
    const card = { number, state: 'active', profile: {}, channels: {}, lots: [], purchases: [], promoCodes: [] };
    this.cards.set(number, card);
    this.change(card, profile);
    return card;
  }

  /** Null says nothing: a profile is filled in, never erased. */
  change(card, profile) {
    for (const [field, value] of Object.entries(profile)) if (value !== null) card.profile[field] = value;
  }

  /** The cards whose profile holds this value. */
  having(field, value) {
    return value === null ? [] : [...this.cards.values()].filter(({ profile }) => profile[field] === value);
  }

  /** The card that a phone or an e-mail leads to; a birth date decides only where these do not. */
  search({ msisdn, email, birthDate }) {
    const named = new Set([...this.having('phone', msisdn), ...this.having('email', email)]);
    const born = this.having('birthDate', birthDate);
    if (named.size === 0) return born;
    const both = [...named].filter((card) => born.includes(card));
    return named.size > 1 && both.length === 1 ? both : [...named];
  }

  /** Why a card cannot get this profile; undefined when it can. */
  conflict(profile, card) {
    const others = (field) => this.having(field, profile[field]).some((other) => other !== card);
    if (others('phone')) return 'phoneOfAnotherCard';
    return others('email') ? 'emailOfAnotherCard' : undefined;
  }
}
