import type { IncomingHttpHeaders } from 'node:http';

/**
 * How far an exchange had come, which is the evidence for whether the partner may have seen the request:
 * - `connecting`: no TCP connection yet (the name is being looked up, or the SYN is unanswered);
 * - `securing`: connected, but the TLS session is not agreed or its certificate not accepted;
 * - `sent`: the connection is ready and the request was handed to it, so its bytes may have arrived.
 */
export type ExchangeStage = 'connecting' | 'securing' | 'sent';

/** The received part of a truncated answer. */
export interface PartialAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An exchange that gave no whole answer. Holds nothing of the request: no header, no body, no credential. */
export class ExchangeError extends Error {
  /**
   * @param code the system's or Node's code (`ECONNREFUSED`, `HPE_INVALID_CONSTANT`), or one of ours: `DEADLINE`,
   *   `OVERDUE`, `INTERRUPTED`, `CUT`, `TOO_LARGE`, `UPGRADE`
   * @param partial undefined when not even the head of an answer arrived
   */
  constructor(
    readonly stage: ExchangeStage,
    readonly code: string,
    detail: string,
    readonly partial?: PartialAnswer,
  ) {
    super(detail);
    this.name = 'ExchangeError';
  }
}
