/**
 * What a description may name. All of it is ours or harmless: the name of a field, a limit, what is allowed, the HTTP
 * verb, a version. Never a value out of the request's query, path or body: those are personal data, or may be.
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
