import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { HttpProgramConfig } from '../../../config/config.js';
import type { Logger } from '../../../core/logger.js';
import type { BreakerState, BreakerStateName } from '../../../health/parts/breaker-state.js';
import type { CallNews, CallWatch } from '../../../health/parts/call-watch.js';
import { CardProgramError } from '../card-program.error.js';
import { ENDPOINTS, type Endpoint, type Operation } from './endpoints.js';
import { exchange, type RawReply } from './exchange.js';
import { readReply, type Reply } from './read-reply.js';
import type { Dispatcher } from 'undici';
import { openWayOut } from './way-out.js';

const STATES: Readonly<Record<CircuitState, BreakerStateName>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'isolated',
};

/**
 * Whether the system gave no answer, or a 5xx. Only that is retried, and only that opens the circuit breaker: an answer
 * that breaks the rules may concern one holder's data, and the others must still be served.
 */
function isOutage(error: Error): boolean {
  return (
    error instanceof CardProgramError &&
    (error.failure === 'ownSystemUnavailable' || error.failure === 'ownSystemTimeout')
  );
}

/**
 * Asks the company's own system: a time limit for each call, a deadline over all calls of a request, one more try for
 * a read, and a circuit breaker.
 */
export class OwnSystem {
  private readonly breaker;
  private readonly wayOut: Dispatcher;

  constructor(
    private readonly config: HttpProgramConfig,
    logger: Logger,
    private readonly watch?: Pick<CallWatch, 'note'>,
    shown?: BreakerState,
  ) {
    this.wayOut = openWayOut(config.proxy);
    this.breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: config.pauseMs,
      breaker: new ConsecutiveBreaker(config.pauseAfter),
    });
    this.breaker.onStateChange((state) => {
      shown?.enter(STATES[state]);
      logger.warn({ breaker: STATES[state] }, 'the circuit breaker of the own system has changed');
    });
  }

  /**
   * @param body becomes the JSON of the request
   * @param raw the JSON of the app, inserted as the last field character by character: a JavaScript value would lose
   *   digits of large numbers
   * @throws CardProgramError when there is no outcome
   */
  async ask<O extends Operation>(operation: O, body: object, raw?: string): Promise<Reply<O>> {
    const endpoint: Endpoint<O> = ENDPOINTS[operation];
    const written = JSON.stringify(body);
    const json = raw === undefined ? written : `${written.slice(0, -1)},"raw":${raw.replace(/^\ufeff/, '')}}`;
    const deadline = Date.now() + this.config.deadlineMs;
    const reply = await this.call(operation, json, deadline).catch((error: Error) => {
      // A write without an answer may have been carried out; the caller decides whether to repeat it.
      if (endpoint.kind === 'write' || !isOutage(error) || Date.now() >= deadline) throw error;
      // This caller gets the outage that opened the breaker; the next one gets "paused".
      if (this.breaker.state === CircuitState.Open) throw error;
      return this.call(operation, json, deadline);
    });
    return readReply(operation, endpoint, reply);
  }

  /** One call through the circuit breaker. */
  private async call(operation: Operation, body: string, deadline: number): Promise<RawReply> {
    try {
      return await this.breaker.execute(() => this.callNow(operation, body, deadline));
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new CardProgramError('ownSystemPaused', `${operation}: the circuit breaker is open`);
      }
      throw error;
    }
  }

  private async callNow(operation: Operation, body: string, deadline: number): Promise<RawReply> {
    // While the breaker tries whether the system is back, the others wait for what it finds.
    const left = deadline - Date.now();
    if (left <= 0) throw new CardProgramError('requestTimeout', `${operation}: the deadline passed before the call`);
    const address = { ...this.config, wayOut: this.wayOut };
    const limitMs = Math.min(left, this.config.timeoutMs);
    const reply = await exchange(address, operation, body, limitMs).catch((error: unknown) => {
      this.watch?.note(newsOf(error));
      throw error;
    });
    this.watch?.note(reply.status >= 500 ? 'unanswered' : 'answered');
    if (reply.status >= 500) {
      throw new CardProgramError('ownSystemUnavailable', `${operation}: status ${reply.status}`);
    }
    return reply;
  }
}

/** What an exchange without a reply says of whether the system is there. */
function newsOf(error: unknown): CallNews {
  if (!(error instanceof CardProgramError)) return 'unanswered';
  switch (error.failure) {
    case 'ownSystemUnavailable':
      return 'unreached';
    case 'ownSystemBadAnswer':
      return 'answered';
    default:
      return 'unanswered';
  }
}
