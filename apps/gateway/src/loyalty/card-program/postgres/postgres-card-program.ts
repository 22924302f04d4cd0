import type { Channels, SearchQuery } from '@vestibule/koshelek-contract';
import type { Pool } from 'pg';
import { Coalescer } from '../../../storage/coalescer.js';
import type { CardProgram, FindCardOutcome } from '../card-program.js';
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

  setChannels(cardNumber: string, channels: Channels): Promise<'done' | 'no-such-card'> {
    return setChannels(this.pool, cardNumber, channels, 'koshelek');
  }
}
