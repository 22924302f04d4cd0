import type { Channels, SearchQuery } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import { Coalescer } from '../../../storage/coalescer.js';
import type { CardProgram, FindCardOutcome, SetChannelsOutcome } from '../card-program.js';
import { refused } from '../outcome.js';
import { setChannels } from './channels.js';
import { searchCards } from './search.js';

/** The built-in programme: members and cards in our own PostgreSQL. */
export class PostgresCardProgram implements CardProgram {
  private readonly searching: Coalescer<SearchQuery, FindCardOutcome>;

  constructor(private readonly pool: Pool) {
    this.searching = new Coalescer((queries) => searchCards(pool, queries), { maxBatch: 128, maxConcurrent: 4 });
  }

  findCard(query: SearchQuery): Promise<FindCardOutcome> {
    return this.searching.submit(query);
  }

  setChannels(cardNumber: string, channels: Channels): Promise<SetChannelsOutcome> {
    return setChannels(this.pool, cardNumber, channels, 'koshelek');
  }

  getCard() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  updateProfile() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  listPurchases() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  reserveCardNumber() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  issueReservedCard() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  issueCard() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  listOffers() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  submitReceipt() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  submitPromoCode() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  listPhones() {
    return Promise.resolve(refused('methodNotOffered'));
  }

  listPhonesExtended() {
    return Promise.resolve(refused('methodNotOffered'));
  }
}
