import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { bufferedLog } from '../../core/buffered-log.js';
import type { Logger } from '../../core/logger.js';
import type { Metrics } from '../../metrics/metrics.js';
import { CallMetrics } from './call-metrics.js';
import { CallRecorder } from './call-recorder.js';
import { recordOf, type CallRecord } from './call-record.js';

/** The codes 90xx and 99xx of the contract: the gateway or the company's own system could not. */
const isOurFault = (code: string): boolean => code.startsWith('9');

/**
 * Logs, counts and records each call of the public listener once it is answered.
 *
 * @param parts.isRecorded whether operators can look at the last calls
 * @returns writes what is left, once nothing more is answered
 */
export function watchCalls(
  fastify: FastifyInstance,
  { pool, metrics, isRecorded }: { pool: Pool; metrics: Metrics; isRecorded: boolean },
  logger: Logger,
): () => Promise<void> {
  const { info, flush } = bufferedLog(logger);
  const counts = new CallMetrics(metrics);
  const recorder = isRecorded ? new CallRecorder(pool, logger, (calls) => counts.unrecorded.inc(calls)) : undefined;
  recorder?.start();
  fastify.addHook('onResponse', (request, reply, next) => {
    const record = recordOf(request, reply);
    info(lineOf(record), 'loyalty call');
    counts.count(record);
    metrics.minutes.note('koshelek', record.durationMs, isOurFault(record.code));
    recorder?.add(record);
    next();
  });
  return async () => {
    flush();
    await recorder?.stop();
  };
}

/** The members of a line. The id of a request is checked and the method is of our table, so that JSON escapes nothing in them. */
function lineOf({ requestId, method, code, httpStatus, durationMs, card }: CallRecord): string {
  const call = `"requestId":"${requestId}","method":"${method}","code":${JSON.stringify(code)}`;
  const shownCard = card === null ? 'null' : JSON.stringify(card);
  return `${call},"httpStatus":${httpStatus},"durationMs":${durationMs},"card":${shownCard}`;
}
