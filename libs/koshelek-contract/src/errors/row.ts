/**
 * The values that a description may contain. All are ours or harmless: the name of a field, a limit, the allowed
 * values, the HTTP verb, a version. Never a value of the request's query, path or body: it may be personal data.
 */
export type LoyaltyErrorParam = 'field' | 'limit' | 'expected' | 'allowed' | 'verb' | 'version' | 'since';

/** A row of the error catalogue. */
export interface LoyaltyErrorRow {
  /** Four digits, never changed or given to another error once published. The first two name the group. */
  readonly code: string;
  /** Russian, technical; `{param}` is replaced by a parameter. */
  readonly description: string;
  /** Exactly the parameters the description names. */
  readonly params: readonly LoyaltyErrorParam[];
  /** English, for docs/errors.md: when it happens. */
  readonly when: string;
}
