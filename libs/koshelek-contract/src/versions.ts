/**
 * The versions of the Loyalty Online API, oldest first. The path stays `/v1` in all of them (koshelek-loyalty.md,
 * "Every method").
 */
export const KOSHELEK_API_VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'] as const;

export type KoshelekApiVersion = (typeof KOSHELEK_API_VERSIONS)[number];

/**
 * Whether a method exists in a version of the API.
 *
 * @param method a row of `LOYALTY_METHODS`
 * @param version the version this programme has agreed with Кошелёк
 */
export function isAvailable(method: { readonly since: KoshelekApiVersion }, version: KoshelekApiVersion): boolean {
  return KOSHELEK_API_VERSIONS.indexOf(method.since) <= KOSHELEK_API_VERSIONS.indexOf(version);
}
