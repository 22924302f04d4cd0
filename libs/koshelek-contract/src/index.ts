export { CONTENT_TYPE } from './content-type.js';
export { isAvailable, KOSHELEK_API_VERSIONS, type KoshelekApiVersion } from './versions.js';
export {
  DEFAULT_OFFERS_PATH,
  LOYALTY_METHODS,
  loyaltyMethods,
  type Certainty,
  type LoyaltyAnswer,
  type LoyaltyMethod,
  type LoyaltyOperation,
  type LoyaltyRequest,
} from './methods.js';
export { loyaltyRouter, matchLoyaltyRoute, type LoyaltyRoute } from './route.js';
export {
  LOYALTY_ERROR_GROUPS,
  LOYALTY_ERROR_STATUS,
  LOYALTY_ERRORS,
  type LoyaltyErrorKey,
} from './errors/catalogue.js';
export {
  loyaltyError,
  type LoyaltyError,
  type LoyaltyErrorParams,
  type PlainLoyaltyErrorKey,
} from './errors/loyalty-error.js';
export type { LoyaltyErrorParam, LoyaltyErrorRow } from './errors/row.js';
export { accept, refuse, type Reading, type Refusal } from './reading.js';
export { isBirthDate, normaliseDate } from './fields/calendar-date.js';
export { CARD_NUMBER_MAX_LENGTH, isCardNumber } from './fields/card-number.js';
export { EMAIL_MAX_LENGTH, normaliseEmail } from './fields/email.js';
export { isMsisdn, normaliseMsisdn, readMsisdn, type MsisdnFault, type MsisdnReading } from './fields/msisdn.js';
export { MSISDN_FAULTS } from './fields/msisdn-error.js';
export { dropInvisible } from './fields/text.js';
export { readObject } from './requests/body.js';
export { CHANNEL_MAX_LENGTH, CHANNELS_MAX_COUNT, readChannels, type Channels } from './requests/channels.js';
export { readPeriod, type Period } from './requests/period.js';
export { PROFILE_FIELD_MAX_LENGTH, readProfile, type Profile } from './requests/profile.js';
export {
  DEFAULT_PROMO_FIELDS,
  PROMO_CODE_MAX_LENGTH,
  readPromoCodeEntry,
  readReceiptEntry,
  type PromoCodeEntry,
  type PromoBody,
  type PromoFields,
  type PromoHolder,
  type ReceiptEntry,
} from './requests/promo.js';
export { readParameter, type Query } from './requests/query.js';
export {
  readReceipt,
  RECEIPT_MAX_LENGTH,
  type Receipt,
  type ReceiptOperation,
} from './requests/receipt/read-receipt.js';
export { readSearchQuery, type SearchQuery } from './requests/search-query.js';
export { normaliseSex, SEX_SPELLINGS, type Sex } from './requests/sex.js';
export {
  BARCODE_TYPES,
  checkDigit,
  CHECKED_BARCODE_LENGTHS,
  isValidBarcode,
  type BarcodeType,
  type CheckedBarcodeType,
} from './barcode.js';
export {
  CARD_STATES,
  type BonusAmount,
  type BonusLot,
  type Card,
  type CardBonus,
  type CardState,
  type CardWithBonus,
} from './answers/card.js';
export type { Offer } from './answers/offer.js';
export type { PhoneWithParams } from './answers/phone.js';
export type { Purchase } from './answers/purchase.js';
export {
  encodeCard,
  encodeError,
  loyaltyEncoders,
  RESERVED_NUMBER_FORMS,
  type AnswerOptions,
  type LoyaltyEncoders,
  type ReservedNumberForm,
} from './answers/encode.js';
