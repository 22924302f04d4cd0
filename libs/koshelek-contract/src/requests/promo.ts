import type { Receipt } from './receipt.js';

/** Whom a receipt or a promo code is for: the card's number or the holder's phone, at least one of them. */
export interface PromoHolder {
  readonly cardNumber?: string;
  /** Digits, country code first, no plus. Looked at only without a card number. */
  readonly phone?: string;
}

/** A receipt's QR code scanned by a holder (contract, "10, 11. Promo"). */
export interface ReceiptEntry {
  readonly holder: PromoHolder;
  readonly receipt: Receipt;
  /** The body as it came: nothing the app sent is lost. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A promo code typed by a holder. */
export interface PromoCodeEntry {
  readonly holder: PromoHolder;
  /** Without spaces around; codes are compared without regard to case. */
  readonly code: string;
  /** The body as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
}
