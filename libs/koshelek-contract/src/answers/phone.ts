/** A phone with special terms, as method 13 answers it: digits without a plus, and the parameters of its terms. */
export interface PhoneWithParams {
  readonly phone: string;
  /** Written only if it is not empty. */
  readonly params: readonly { readonly name: string; readonly value: string }[];
}
