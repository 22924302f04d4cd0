import type { PlainLoyaltyErrorKey } from '@vestibule/koshelek-contract';

/** Why a programme could not be asked, as the error to answer. */
export type CardProgramFailure = Extract<PlainLoyaltyErrorKey, `ownSystem${string}` | 'requestTimeout'>;

/**
 * The programme could not be reached, or gave no usable answer. The public listener answers `failure`; the message goes
 * only to our log, and holds no personal data and no credentials.
 */
export class CardProgramError extends Error {
  constructor(
    readonly failure: CardProgramFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CardProgramError';
  }
}
