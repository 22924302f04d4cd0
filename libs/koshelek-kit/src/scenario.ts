import { isCarriedOut, type Exchange } from './exchange.js';
import {
  cardNumberIn,
  digits,
  inventProfile,
  issueCard,
  type InventedProfile,
  type Issued,
  type Member,
} from './members.js';
import type { Wallet } from './wallet.js';

/** What a person knows of the server's data that the API cannot create. */
export interface KnownData {
  /** An existing member, for a server that issues no card. */
  readonly member?: Member;
  /** The phone of a holder whose card is blocked. */
  readonly blockedPhone?: string;
}

/** The first use of method 8. */
export interface Issue {
  readonly profile: InventedProfile;
  readonly exchange: Exchange;
}

/**
 * What the checks share: two holders, and the calls that many checks examine. Each is made once, when a check first
 * needs it.
 */
export class Scenario {
  /** A number that is no card. */
  readonly unknownCardNumber = `9${digits(17)}`;

  constructor(
    readonly wallet: Wallet,
    readonly known: KnownData,
  ) {}

  /** Method 8 with an invented holder. */
  readonly issue = once(async (): Promise<Issue> => {
    const profile = inventProfile();
    return { profile, exchange: await this.wallet.call(8, { json: profile }) };
  });

  /** The holder of most checks: the member given on the command line, or a new one. */
  readonly member = once(async (): Promise<Issued> => {
    if (this.known.member !== undefined) return { ok: true, member: this.known.member };
    if (!this.wallet.offers(8)) return issueCard(this.wallet, inventProfile());
    const { profile, exchange } = await this.issue();
    return issueCard(this.wallet, profile, exchange);
  });

  /** Another holder, always a new one. */
  readonly otherMember = once((): Promise<Issued> => issueCard(this.wallet, inventProfile()));

  /** The search by the phone of the first holder; undefined without a first holder. */
  readonly foundByPhone = once(async (): Promise<Exchange | undefined> => {
    const issued = await this.member();
    return issued.ok ? this.wallet.call(1, { query: { msisdn: issued.member.msisdn } }) : undefined;
  });

  /** Method 3 with the card of the first holder. */
  readonly shownCard = once(async (): Promise<Exchange | undefined> => {
    const issued = await this.member();
    return issued.ok ? this.wallet.call(3, { cardNumber: issued.member.cardNumber }) : undefined;
  });

  /** Method 5 with a period that holds everything. */
  readonly purchases = once(async (): Promise<Exchange | undefined> => {
    const issued = await this.member();
    if (!issued.ok) return undefined;
    return this.wallet.call(5, { cardNumber: issued.member.cardNumber, query: { startDate: '2000-01-01' } });
  });

  /** Method 6. */
  readonly reservation = once((): Promise<Exchange> => this.wallet.call(6));

  /** Methods 6 and 7, with an invented holder; undefined when no number can be reserved. */
  readonly reservedIssue = once(async () => {
    const reserved = await this.reservation();
    const cardNumber = isCarriedOut(reserved) ? cardNumberIn(reserved) : undefined;
    if (cardNumber === undefined) return undefined;
    const profile = inventProfile();
    return { cardNumber, profile, reserved, exchange: await this.wallet.call(7, { cardNumber, json: profile }) };
  });

  /** An address that no method has. */
  readonly unknownPath = once((): Promise<Exchange> =>
    this.wallet.callElsewhere('GET', `/no-such-method-${digits(6)}`),
  );

  readonly phones = once((): Promise<Exchange> => this.wallet.call(12));
  readonly phonesWithParams = once((): Promise<Exchange> => this.wallet.call(13));
}

/** Does something at the first call and gives the same result at every one. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
