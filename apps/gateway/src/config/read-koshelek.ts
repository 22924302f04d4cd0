import { CHECKED_BARCODE_LENGTHS, loyaltyMethods, loyaltyRouter, type BarcodeType } from '@vestibule/koshelek-contract';
import type { CardProgramConfig, GeneratedNumberConfig, KoshelekConfig } from './config.js';
import { readCardProgramSource } from './read-card-program-source.js';
import type { Environment } from './environment/environment.js';

/** A serial number below a million would run out while no one looks. */
const LEAST_SERIAL_DIGITS = 6;

/** The settings of the public listener; faults of several variables together are added to `faults`. */
export function readKoshelek(
  environment: Environment,
  credentials: readonly [string, string][],
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): KoshelekConfig {
  return {
    credentials: credentials.map(([login, password]) => ({ login, password })),
    apiVersion: environment.KOSHELEK_API_VERSION as KoshelekConfig['apiVersion'],
    basePath: environment.PUBLIC_BASE_PATH,
    authFailureStatus: environment.KOSHELEK_AUTH_FAILURE_STATUS === '422' ? 422 : 401,
    nulls: environment.KOSHELEK_NULLS as KoshelekConfig['nulls'],
    reservedNumber: environment.KOSHELEK_RESERVED_NUMBER_FORM as KoshelekConfig['reservedNumber'],
    offersPath: readOffersPath(environment.KOSHELEK_OFFERS_PATH, faults),
    promoFields: {
      receipt: split(environment.KOSHELEK_RECEIPT_FIELDS),
      promoCode: split(environment.KOSHELEK_PROMO_CODE_FIELDS),
      cardNumber: split(environment.KOSHELEK_PROMO_CARD_FIELDS),
      phone: split(environment.KOSHELEK_PROMO_PHONE_FIELDS),
    },
    retentionDays: environment.LOYALTY_RETENTION_DAYS,
    areCallsRecorded: environment.LOYALTY_CALLS_RECORD === 'on',
    receiptMaxSum: environment.KOSHELEK_RECEIPT_MAX_SUM * 100,
    cardProgramSource: readCardProgramSource(environment, env, faults),
    cardProgram: {
      reservationHoldSecs: environment.KOSHELEK_RESERVATION_HOLD_SECS,
      cardNumberSource: environment.KOSHELEK_CARD_NUMBERS as CardProgramConfig['cardNumberSource'],
      generatedNumber: readGeneratedNumber(environment, faults),
      blockedCards: environment.KOSHELEK_BLOCKED_CARDS as CardProgramConfig['blockedCards'],
      ambiguousSearch: environment.KOSHELEK_AMBIGUOUS_SEARCH as CardProgramConfig['ambiguousSearch'],
    },
  };
}

function split(names: string): string[] {
  return names.split(',').map((name) => name.trim());
}

function readOffersPath(path: string, faults: string[]): string {
  try {
    loyaltyRouter(loyaltyMethods(path));
  } catch {
    // The router's only complaint: two methods with the same verb and path.
    faults.push(`KOSHELEK_OFFERS_PATH is "${path}"; allowed: a path that no other method has`);
  }
  return path;
}

function readGeneratedNumber(environment: Environment, faults: string[]): GeneratedNumberConfig {
  const { KOSHELEK_CARD_NUMBER_PREFIX: prefix, KOSHELEK_CARD_NUMBER_LENGTH: length } = environment;
  const barcodeType = environment.KOSHELEK_CARD_BARCODE_TYPE as BarcodeType;
  const lengths: Partial<Record<BarcodeType, number>> = CHECKED_BARCODE_LENGTHS;
  const fixed = lengths[barcodeType];
  if (fixed !== undefined && length !== fixed) {
    faults.push(`KOSHELEK_CARD_NUMBER_LENGTH is "${length}"; allowed: ${fixed}, the length of ${barcodeType}`);
  } else if (length - prefix.length - (fixed === undefined ? 0 : 1) < LEAST_SERIAL_DIGITS) {
    const room = length - LEAST_SERIAL_DIGITS - (fixed === undefined ? 0 : 1);
    faults.push(
      `KOSHELEK_CARD_NUMBER_PREFIX is "${prefix}"; allowed: at most ${room} digits, so that ${LEAST_SERIAL_DIGITS} are left to count with`,
    );
  }
  return { prefix, length, barcodeType };
}
