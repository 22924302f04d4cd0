import {
  CARD_NUMBER,
  EMAIL_100,
  MAX_ORDER_LINES,
  PHONE,
  TEXT_100,
  VAT_NUMBER,
  isMoneyAmount,
  isPositiveInteger,
} from './patterns.js';

/** When a field must be there: in every object of its kind, only in a line of that type, or never. */
export type RequiredWhen = 'always' | 'newcard' | 'owncard' | 'never';

/** One field of app_create_order: when it must be there, what it must be, and the words for a producer. */
export interface FieldRule {
  readonly required: RequiredWhen;
  readonly accepts: (value: unknown) => boolean;
  /** Ends the sentence «NAME …»; never holds the value, which may be personal data. */
  readonly must: string;
}

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);

const INTEGER = 'must be a whole number from 1 up, sent as a number';
const phone = { accepts: matches(PHONE), must: 'must be a text of +7 and 10 to 14 digits' };
const text = {
  accepts: matches(TEXT_100),
  must: 'must be a text of at most 100 characters without control characters',
};
const email = { accepts: matches(EMAIL_100), must: 'must be an e-mail address of at most 100 characters' };
const id = { accepts: isPositiveInteger, must: INTEGER };

/** The rules of `orderData[]` (contract, second table of «Methods»). */
// prettier-ignore
export const LINE_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['type',       { required: 'always',  accepts: (value) => value === 'newcard' || value === 'owncard', must: 'must be "newcard" or "owncard"' }],
  ['cardTypeId', { required: 'newcard', ...id }],
  ['cardNumber', { required: 'owncard', accepts: matches(CARD_NUMBER), must: 'must be a text of 1 to 10 digits, leading zeros included' }],
  ['tariffId',   { required: 'always',  ...id }],
  ['currencyId', { required: 'always',  accepts: (value) => value === 'RUB', must: 'must be "RUB"' }],
  ['amount',     { required: 'never',   accepts: isMoneyAmount, must: 'must be a number of roubles above 0 with at most 2 decimals' }],
  ['quantity',   { required: 'newcard', ...id }],
  ['phone',      { required: 'never',   ...phone }],
  ['email',      { required: 'never',   ...email }],
  ['name',       { required: 'never',   ...text }],
]);

/** The rules of the order itself; its lines are checked one by one with {@link LINE_RULES}. */
// prettier-ignore
export const ORDER_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['orderData',         { required: 'always', accepts: isLineList, must: `must be a list of 1 to ${MAX_ORDER_LINES} lines` }],
  ['regionId',          { required: 'never',  ...id }],
  ['paymentMethodId',   { required: 'never',  ...id }],
  ['vatNumber',         { required: 'never',  accepts: matches(VAT_NUMBER), must: 'must be a text of 1 to 12 digits' }],
  ['legalEntityTypeId', { required: 'never',  ...id }],
  ['name',              { required: 'never',  ...text }],
  ['firstname',         { required: 'never',  ...text }],
  ['surname',           { required: 'never',  ...text }],
  ['email',             { required: 'never',  ...email }],
  ['phone',             { required: 'never',  ...phone }],
  ['writeRemote',       { required: 'never',  accepts: (value) => typeof value === 'boolean', must: 'must be true or false' }],
]);

function isLineList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= MAX_ORDER_LINES;
}
