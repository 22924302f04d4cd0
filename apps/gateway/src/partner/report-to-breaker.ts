import type { CallResult } from '@vestibule/troika-client';
import { describeError, type Logger } from '../core/logger.js';
import { breakerNewsOf } from './breaker-news.js';
import type { Breaker, CallPlace } from './circuit-breaker.js';

/** What is known of a call beside its outcome. */
export interface ReportedCall extends CallPlace {
  /** It was to create an order. */
  readonly isOrder: boolean;
  /** Its answer is worth reporting: earlier calls were not answered. */
  readonly isNews: boolean;
}

/**
 * Reports the result of a call to the breaker. If the report fails, the breaker does not change: only the outcome of
 * the call must not be lost.
 *
 * @returns for a call without a valid answer, in how many milliseconds the next probe is due if the breaker is open
 */
export async function reportToBreaker(
  breaker: Breaker,
  result: CallResult,
  { isOrder, isNews, isProbe, isTrial = false }: ReportedCall,
  logger: Logger,
): Promise<number | undefined> {
  const news = breakerNewsOf(result, { isOrder, isProbe });
  try {
    switch (news.kind) {
      case 'none':
        await breaker.giveBack({ isProbe, isTrial });
        return undefined;
      case 'failure': {
        const { kind: _, ...failure } = news;
        const after = await breaker.noteFailure({ ...failure, isProbe, isTrial });
        const { opened, probeInMs, failures, unknowns, message } = after;
        if (opened)
          logger.warn({ reason: failure.reason, failures, unknowns, probeInMs }, `sending pauses: ${message}`);
        return probeInMs;
      }
      case 'answer':
        if (isNews || isProbe) await noteAnswer(breaker, isOrder, logger);
        // No one waits for it: the order itself was answered.
        else if (isTrial || (isOrder && breaker.isVouchDue)) void noteAnswer(breaker, isOrder, logger);
        return undefined;
    }
  } catch (error) {
    logger.warn({ error: describeError(error) }, 'the result of a call was not reported to the breaker');
    return undefined;
  }
}

async function noteAnswer(breaker: Breaker, isOrder: boolean, logger: Logger): Promise<void> {
  try {
    if (await breaker.noteAnswer(isOrder)) logger.info('the partner can be reached again: sending continues');
  } catch (error) {
    logger.warn({ error: describeError(error) }, 'the result of a call was not reported to the breaker');
  }
}
