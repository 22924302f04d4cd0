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
  /** The same as JSON Schema, for documents; of `orderData` without what a line is. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A text of one form. */
const matches = (pattern: RegExp): Pick<FieldRule, 'accepts' | 'schema'> => ({
  accepts: (value) => typeof value === 'string' && pattern.test(value),
  schema: { type: 'string', pattern: pattern.source },
});

/** One of a few texts. */
const oneOf = (...choices: readonly string[]): Pick<FieldRule, 'accepts' | 'schema'> => ({
  accepts: (value) => choices.some((choice) => choice === value),
  schema: choices.length === 1 ? { type: 'string', const: choices[0] } : { type: 'string', enum: choices },
});

const INTEGER = 'must be a whole number from 1 up, sent as a number';
const phone = { ...matches(PHONE), must: 'must be a text of +7 and 10 to 14 digits' };
const text = {
  ...matches(TEXT_100),
  must: 'must be a text of at most 100 characters without control characters',
};
const email = { ...matches(EMAIL_100), must: 'must be an e-mail address of at most 100 characters' };
const id = {
  accepts: isPositiveInteger,
  must: INTEGER,
  schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
};
/** JSON Schema's `multipleOf` cannot say «two decimals»: 0.29 is no multiple of 0.01 in binary fractions. */
const money = { type: 'number', exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER / 100 };
const lines = { type: 'array', minItems: 1, maxItems: MAX_ORDER_LINES };

/** The rules of `orderData[]` (troika-business.md, "The order"). */
// prettier-ignore
export const LINE_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['type',       { required: 'always',  ...oneOf('newcard', 'owncard'), must: 'must be "newcard" or "owncard"' }],
  ['cardTypeId', { required: 'newcard', ...id }],
  ['cardNumber', { required: 'owncard', ...matches(CARD_NUMBER), must: 'must be a text of 1 to 10 digits, leading zeros included' }],
  ['tariffId',   { required: 'always',  ...id }],
  ['currencyId', { required: 'always',  ...oneOf('RUB'), must: 'must be "RUB"' }],
  ['amount',     { required: 'never',   accepts: isMoneyAmount, must: 'must be a number of roubles above 0 with at most 2 decimals', schema: money }],
  ['quantity',   { required: 'newcard', ...id }],
  ['phone',      { required: 'never',   ...phone }],
  ['email',      { required: 'never',   ...email }],
  ['name',       { required: 'never',   ...text }],
]);

/** The rules of the order itself; its lines are checked one by one with {@link LINE_RULES}. */
// prettier-ignore
export const ORDER_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['orderData',         { required: 'always', accepts: isLineList, must: `must be a list of 1 to ${MAX_ORDER_LINES} lines`, schema: lines }],
  ['regionId',          { required: 'never',  ...id }],
  ['paymentMethodId',   { required: 'never',  ...id }],
  ['vatNumber',         { required: 'never',  ...matches(VAT_NUMBER), must: 'must be a text of 1 to 12 digits' }],
  ['legalEntityTypeId', { required: 'never',  ...id }],
  ['name',              { required: 'never',  ...text }],
  ['firstname',         { required: 'never',  ...text }],
  ['surname',           { required: 'never',  ...text }],
  ['email',             { required: 'never',  ...email }],
  ['phone',             { required: 'never',  ...phone }],
  ['writeRemote',       { required: 'never',  accepts: (value) => typeof value === 'boolean', must: 'must be true or false', schema: { type: 'boolean' } }],
]);

function isLineList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= MAX_ORDER_LINES;
}
