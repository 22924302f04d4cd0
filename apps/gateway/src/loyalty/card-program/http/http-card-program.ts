import type {
  Channels,
  Period,
  Profile,
  PromoCodeEntry,
  PromoHolder,
  ReceiptEntry,
  SearchQuery,
} from '@vestibule/koshelek-contract';
import type { HttpProgramConfig } from '../../../config/config.js';
import type { Logger } from '../../../core/logger.js';
import type { BreakerState } from '../../../health/parts/breaker-state.js';
import type { CallWatch } from '../../../health/parts/call-watch.js';
import type { CardProgram, HolderProfile } from '../card-program.js';
import { OwnSystem } from './own-system.js';

/**
 * The company's own system behind `CARD_PROGRAM=https://…`. A request always has every field: one that was not given is
 * null. Card numbers and phones travel in bodies, so that they appear in no access log.
 */
export class HttpCardProgram implements CardProgram {
  private readonly system: OwnSystem;

  constructor(config: HttpProgramConfig, logger: Logger, watch?: CallWatch, breaker?: BreakerState) {
    this.system = new OwnSystem(config, logger, watch, breaker);
  }

  findCard({ msisdn = null, email = null, birthDate = null }: OrNull<SearchQuery>) {
    return this.system.ask('findCard', { msisdn, email, birthDate });
  }

  setChannels(cardNumber: string, { allow, deny }: Channels) {
    return this.system.ask('setChannels', { cardNumber, allow, deny });
  }

  getCard(cardNumber: string) {
    return this.system.ask('getCard', { cardNumber });
  }

  updateProfile(cardNumber: string, profile: Profile) {
    return this.system.ask('updateProfile', { cardNumber, profile: wholeProfile(profile) });
  }

  listPurchases(cardNumber: string, { startDate, endDate = null }: OrNull<Period>) {
    return this.system.ask('listPurchases', { cardNumber, startDate, endDate });
  }

  reserveCardNumber() {
    return this.system.ask('reserveCardNumber', {});
  }

  issueReservedCard(cardNumber: string, profile: HolderProfile) {
    return this.system.ask('issueReservedCard', { cardNumber, profile: wholeProfile(profile) });
  }

  issueCard(profile: HolderProfile) {
    return this.system.ask('issueCard', { profile: wholeProfile(profile) });
  }

  listOffers(cardNumber: string) {
    return this.system.ask('listOffers', { cardNumber });
  }

  submitReceipt({ holder, receipt, rawBody }: ReceiptEntry) {
    const { time, sum, fiscalDrive, document, fiscalSign, operation } = receipt;
    const body = {
      ...wholeHolder(holder),
      receipt: { time, sum, fiscalDrive, document, fiscalSign, operation },
    };
    return this.system.ask('submitReceipt', body, rawBody);
  }

  submitPromoCode({ holder, code, rawBody }: PromoCodeEntry) {
    return this.system.ask('submitPromoCode', { ...wholeHolder(holder), code }, rawBody);
  }

  listPhones() {
    return this.system.ask('listPhones', {});
  }

  listPhonesExtended() {
    return this.system.ask('listPhonesExtended', {});
  }
}

/** A type whose optional fields may be null as well. */
type OrNull<T> = { [F in keyof T]: undefined extends T[F] ? T[F] | null : T[F] };

const EMPTY_PROFILE: { readonly [F in keyof Required<Profile>]: null } = {
  firstname: null,
  patronymic: null,
  surname: null,
  birthDate: null,
  sex: null,
  phone: null,
  email: null,
  countryCode: null,
  locality: null,
};

function wholeProfile(profile: Profile): object {
  return { ...EMPTY_PROFILE, ...profile };
}

function wholeHolder({ cardNumber, phone }: PromoHolder): object {
  return { cardNumber: cardNumber ?? null, phone: phone ?? null };
}
