/**
 * A promotional offer for the holder. The contract does not know the fields of method 9; these are what the app would
 * have to show. What an offer has not is null.
 */
export interface Offer {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly imageUrl: string | null;
  readonly url: string | null;
  /** First and last day, `YYYY-MM-DD`. */
  readonly startDate: string | null;
  readonly endDate: string | null;
}
