import type { BarcodeType, Card } from '@vestibule/koshelek-contract';
import type { CardProgramConfig } from '../../../config/config.js';

/** A card as its table has it. */
export interface CardRow {
  readonly number: string;
  readonly state: 'active' | 'inactive' | 'blocked';
  readonly barcode: string;
  readonly barcodeType: BarcodeType;
}

/** The columns of a `CardRow`, of the table that is called `c`. */
export const CARD_COLUMNS = 'c.number, c.state, c.barcode, c.barcode_type as "barcodeType"';

/**
 * The programme's current date: a lot of bonuses or an offer ends with the day in Moscow, whatever the server's time
 * zone.
 */
export const TODAY = `(now() at time zone 'Europe/Moscow')::date`;

/** A lot that is in the total: something is left of it, until the end of its last day. */
export const LOT_COUNTS = `amount > spent and (valid_until is null or valid_until >= ${TODAY})`;
/** A lot that can be spent now: a future lot is in the total, but not available yet. */
export const LOT_HAS_BEGUN = `(available_from is null or available_from <= ${TODAY})`;
/** The order in which lots are shown and spent: the first to expire first. */
export const LOT_ORDER = 'valid_until nulls last, id';

export function toCard({ number, state, barcode, barcodeType }: CardRow): Card {
  return {
    cardNumber: number,
    // The app knows two states; a blocked card, where it is shown, cannot be used.
    cardState: state === 'blocked' ? 'inactive' : state,
    barcode: { barcodeNumber: barcode, barcodeType },
  };
}

/** Whether a card in this state may be shown. */
export function isShown(state: CardRow['state'], { blockedCards }: Pick<CardProgramConfig, 'blockedCards'>): boolean {
  return state !== 'blocked' || blockedCards === 'show-inactive';
}
