/** How far an exchange had come: the evidence for whether the partner may have seen the request. */
export type ExchangeStage = 'connecting' | 'sent';

/** An exchange that gave no whole answer. Holds no request, no header, no credential. */
export class ExchangeError extends Error {
  constructor(
    readonly stage: ExchangeStage,
    readonly code: string,
    detail: string,
    readonly status?: number,
  ) {
    super(detail);
    this.name = 'ExchangeError';
  }
}
