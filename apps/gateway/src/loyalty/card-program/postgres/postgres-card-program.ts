import type {
  Channels,
  Period,
  Profile,
  PromoCodeEntry,
  ReceiptEntry,
  SearchQuery,
} from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import { Coalescer } from '../../../storage/coalescer.js';
import type { CardProgram, FindCardOutcome, HolderProfile, ReserveCardNumberOutcome } from '../card-program.js';
import { reserveCardNumbers, type Reservation } from './card-numbers.js';
import { setChannels } from './channels.js';
import { getCard } from './get-card.js';
import { issueCard, issueReservedCard } from './issue.js';
import { listOffers } from './offers.js';
import { listPhones, listPhonesExtended } from './phones.js';
import { updateProfile } from './profile.js';
import { submitPromoCode } from './promo-codes.js';
import { listPurchases } from './purchases.js';
import { submitReceipt } from './receipts.js';
import { searchCards } from './search.js';

/** The built-in programme: everything in our own PostgreSQL. */
export class PostgresCardProgram implements CardProgram {
  private readonly searching: Coalescer<SearchQuery, FindCardOutcome>;
  private readonly reserving: Coalescer<Reservation, ReserveCardNumberOutcome>;

  constructor(
    private readonly pool: Pool,
    private readonly config: CardProgramConfig,
  ) {
    this.searching = new Coalescer((queries) => searchCards(pool, queries, config), {
      maxBatch: 128,
      maxConcurrent: 4,
    });
    this.reserving = new Coalescer((reservations) => reserveCardNumbers(pool, reservations, config), {
      maxBatch: 128,
      maxConcurrent: 2,
    });
  }

  findCard(query: SearchQuery) {
    return this.searching.submit(query);
  }

  setChannels(cardNumber: string, channels: Channels) {
    return setChannels(this.pool, cardNumber, channels, 'koshelek');
  }

  getCard(cardNumber: string) {
    return getCard(this.pool, cardNumber, this.config);
  }

  updateProfile(cardNumber: string, profile: Profile) {
    return updateProfile(this.pool, cardNumber, profile);
  }

  listPurchases(cardNumber: string, period: Period) {
    return listPurchases(this.pool, cardNumber, period, this.config);
  }

  reserveCardNumber() {
    return this.reserving.submit('one number');
  }

  issueReservedCard(cardNumber: string, profile: HolderProfile) {
    return issueReservedCard(this.pool, cardNumber, profile);
  }

  issueCard(profile: HolderProfile) {
    return issueCard(this.pool, profile, this.config);
  }

  listOffers(cardNumber: string) {
    return listOffers(this.pool, cardNumber, this.config);
  }

  submitReceipt(entry: ReceiptEntry) {
    return submitReceipt(this.pool, entry);
  }

  submitPromoCode(entry: PromoCodeEntry) {
    return submitPromoCode(this.pool, entry);
  }

  listPhones() {
    return listPhones(this.pool);
  }

  listPhonesExtended() {
    return listPhonesExtended(this.pool);
  }
}
