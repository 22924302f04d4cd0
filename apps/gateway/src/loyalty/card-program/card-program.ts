import type { Card, Channels, SearchQuery } from '@vestibule/koshelek-contract';

export type FindCardOutcome =
  | { readonly kind: 'found'; readonly card: Card }
  | { readonly kind: 'not-found' }
  /** A card matches, and the programme has blocked it. */
  | { readonly kind: 'blocked' }
  /** Several different cards match, and nothing says which is meant. */
  | { readonly kind: 'ambiguous' };

/**
 * The loyalty programme behind the public door: where cards live. Expected outcomes are values; an exception means
 * the programme could not be asked.
 */
export interface CardProgram {
  findCard(query: SearchQuery): Promise<FindCardOutcome>;
  /** Keeps what the holder allows and denies; a channel that is not named stays as it was. Safe to repeat. */
  setChannels(cardNumber: string, channels: Channels): Promise<'done' | 'no-such-card'>;
}

/** The programme, for injection. */
export const CARD_PROGRAM = Symbol('card program');
