import type { BarcodeType } from '../barcode.js';

/** Whether the holder can use the card now (koshelek-loyalty.md, "Search"). */
export const CARD_STATES = ['active', 'inactive'] as const;

export type CardState = (typeof CARD_STATES)[number];

/** The card as methods 1 and 8 answer it. */
export interface Card {
  readonly cardNumber: string;
  readonly cardState: CardState;
  readonly barcode: {
    readonly barcodeNumber: string;
    readonly barcodeType: BarcodeType;
  };
}

/** A number of bonuses. The contract names neither unit nor decimals: a string is written unchanged. */
export type BonusAmount = string | number | bigint;

/** One lot of bonuses. `validUntil` is `YYYY-MM-DD`; a lot without an end has null or no such field. */
export interface BonusLot {
  readonly description: string;
  readonly amount: BonusAmount;
  readonly validUntil?: string | null;
}

/**
 * The balance of a card, inside the card (koshelek-loyalty.md, "Card and balance"; a partner's program has it there
 * too).
 */
export interface CardBonus {
  readonly total: BonusAmount;
  readonly available: BonusAmount;
  readonly bonuses: readonly BonusLot[];
}

/** The card as method 3 answers it. */
export interface CardWithBonus extends Card {
  readonly bonus: CardBonus;
}
