/**
 * One line of a receipt, as method 5 answers it (koshelek-loyalty.md, "Purchases"). What a programme does not know of a
 * line is null.
 */
export interface Purchase {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly item: string | null;
  /** In kopecks. */
  readonly amount: string | number | bigint;
  readonly quantity: string | number | null;
  readonly location: string | null;
  /** Credited for this line. */
  readonly bonuses: string | number | null;
}
