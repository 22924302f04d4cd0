import type { CallResult } from '@vestibule/troika-client';
import { describeError, type Logger } from '../core/logger.js';
import type { Breaker } from './circuit-breaker.js';

/** The one who is not let in once is not let in with the next order either: a wrong password helps none of them. */
const DENIALS: ReadonlySet<number> = new Set([401, 403, 407]);

/**
 * Lets the breaker know whether a call could reach the partner and was taken there. A breaker that cannot be told stays as it is: what became
 * of the call is what must not be lost.
 *
 * @param about.isNews that it was reached is worth telling: calls before it did not, or this is the probe
 * @returns for a call that did not reach it, or was not taken, in how many milliseconds the next probe is due if the breaker is open
 */
export async function tellBreaker(
  breaker: Breaker,
  result: CallResult,
  { isNews, isProbe }: { isNews: boolean; isProbe: boolean },
  logger: Logger,
): Promise<number | undefined> {
  try {
    if (result.kind === 'not-sent' && result.reason === 'overdue') {
      // It says nothing of the partner.
      if (isProbe) await breaker.giveProbeBack();
      return undefined;
    }
    if (result.kind === 'not-sent') {
      const { opened, probeInMs, failures } = await breaker.missed(isProbe);
      if (opened) logger.warn({ failures, probeInMs }, 'the partner cannot be reached: sending pauses');
      return probeInMs;
    }
    const httpStatus = result.kind === 'answered' ? undefined : result.httpStatus;
    const isDenied = httpStatus !== undefined && DENIALS.has(httpStatus);
    if (result.kind === 'not-executed' || isDenied) {
      const { opened, probeInMs, failures } = await breaker.missed(isProbe, isDenied);
      if (opened) logger.warn({ httpStatus, failures, probeInMs }, 'the partner takes no requests: sending pauses');
      return probeInMs;
    }
    if ((isNews || isProbe) && (await breaker.reached())) {
      logger.info('the partner can be reached again: sending continues');
    }
  } catch (error) {
    logger.warn({ error: describeError(error) }, 'the breaker was not told');
  }
  return undefined;
}
