import { LOYALTY_ERRORS, type LoyaltyErrorKey } from './catalogue.js';
import type { LoyaltyErrorRow } from './row.js';

/** The error body (koshelek-loyalty.md, "Every method"). */
export interface LoyaltyError {
  readonly code: string;
  readonly description: string;
}

/** The parameters the description of an error names. */
export type LoyaltyErrorParams<K extends LoyaltyErrorKey> = Readonly<
  Record<(typeof LOYALTY_ERRORS)[K]['params'][number], string | number>
>;

/** The keys of the errors whose description names nothing. */
export type PlainLoyaltyErrorKey = {
  [K in LoyaltyErrorKey]: (typeof LOYALTY_ERRORS)[K]['params'] extends readonly [] ? K : never;
}[LoyaltyErrorKey];

/**
 * The code and the Russian description of an error.
 *
 * @param key its name in the catalogue
 * @param params what the description names; the compiler asks for exactly those. Pass names, limits and versions,
 *   never a value from the request: descriptions travel through logs on both sides.
 */
export function loyaltyError(key: PlainLoyaltyErrorKey): LoyaltyError;
export function loyaltyError<K extends LoyaltyErrorKey>(key: K, params: LoyaltyErrorParams<K>): LoyaltyError;
export function loyaltyError(
  key: LoyaltyErrorKey,
  params: Readonly<Record<string, string | number>> = {},
): LoyaltyError {
  const { code, description }: LoyaltyErrorRow = LOYALTY_ERRORS[key];
  return {
    code,
    description: description.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) =>
      String(params[name] ?? placeholder),
    ),
  };
}
