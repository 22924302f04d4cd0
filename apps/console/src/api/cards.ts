import { call } from './call.js';
import type { Result } from './problem.js';

export type CardState = 'active' | 'inactive' | 'blocked';

export interface ListedCard {
  readonly number: string;
  readonly state: CardState;
  readonly createdAt: string;
  /** Masked. */
  readonly holder: { readonly name: string | null; readonly phone: string | null; readonly email: string | null };
}

export interface CardPage {
  readonly cards: readonly ListedCard[];
  readonly nextCursor: string | null;
}

export interface Balance {
  readonly total: string;
  readonly available: string;
}

export interface Lot {
  readonly id: string;
  readonly description: string;
  readonly amount: string;
  readonly rest: string;
  readonly availableFrom: string | null;
  readonly validUntil: string | null;
  readonly source: string;
}

export interface Consent {
  readonly channel: string;
  readonly allowed: boolean;
  readonly updatedAt: string;
  readonly history: readonly { readonly allowed: boolean; readonly at: string; readonly source: string }[];
}

export interface Purchase {
  readonly date: string;
  readonly item: string | null;
  readonly amountKopecks: string;
  readonly quantity: string | null;
  readonly location: string | null;
  readonly bonuses: string | null;
}

export interface Receipt {
  readonly printedAt: string;
  readonly sumKopecks: string;
  readonly fiscalDrive: string;
  readonly document: string;
  readonly fiscalSign: string;
  readonly bonuses: string;
}

export interface Redemption {
  readonly code: string;
  readonly description: string;
  readonly at: string;
  readonly bonuses: string;
}

export interface Holder {
  readonly phone: string | null;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly patronymic: string | null;
  readonly surname: string | null;
  readonly birthDate: string | null;
  readonly sex: string | null;
  readonly countryCode: string | null;
  readonly locality: string | null;
}

export interface CardView {
  readonly number: string;
  readonly state: CardState;
  readonly barcode: { readonly number: string; readonly type: string };
  readonly createdAt: string;
  readonly holder: Holder;
  readonly balance: Balance & { readonly lots: readonly Lot[] };
  readonly consents: readonly Consent[];
  readonly purchases: readonly Purchase[];
  readonly receipts: readonly Receipt[];
  readonly redemptions: readonly Redemption[];
}

export interface Adjusted {
  readonly amount: string;
  readonly after: Balance;
}

export interface CardSearch {
  readonly number: string;
  readonly phone: string;
  readonly email: string;
}

const pathOf = (number: string): string => `/admin/cards/${encodeURIComponent(number)}`;

export function findCards(search: CardSearch, cursor?: string): Promise<Result<CardPage>> {
  return call('GET', '/admin/cards', { query: { ...search, cursor } });
}

export function lookAtCard(number: string): Promise<Result<CardView>> {
  return call('GET', pathOf(number));
}

/** Blocks a card, or ends the block. */
export function setBlocked(number: string, blocked: boolean, why: string): Promise<Result<{ state: CardState }>> {
  return call('POST', `${pathOf(number)}/${blocked ? 'block' : 'unblock'}`, { body: { why } });
}

export interface AdjustmentRequest {
  readonly amount: string;
  readonly description: string;
  readonly validUntil?: string;
  readonly why: string;
}

/** @param idempotencyKey the same for one request until it is answered, so that a repeated click adjusts once */
export function adjustBalance(
  number: string,
  request: AdjustmentRequest,
  idempotencyKey: string,
): Promise<Result<Adjusted>> {
  return call('POST', `${pathOf(number)}/balance`, { body: request, idempotencyKey });
}
