import type { Actor } from '../../audit/actor.js';
import { FieldReader } from '../../http/field-reader.js';
import type { Resumption } from '../../orders/sending/guard/resume-sending.js';

const MAX_WHY = 1_000;

/**
 * Reads `{"why"}`.
 *
 * @throws ProblemError 422 with every fault
 */
export function readStopRequest(body: unknown, who: string): Actor {
  const reader = new FieldReader(body ?? {}, 'body', ['why']);
  const why = reader.required('why', reader.text('why', MAX_WHY));
  reader.refuseFaults();
  return { who, why };
}

/**
 * Reads `{"why", "sentUntil"?}`.
 *
 * @throws ProblemError 422 with every fault
 */
export function readResumeRequest(body: unknown, who: string): { request: Resumption; actor: Actor } {
  const reader = new FieldReader(body ?? {}, 'body', ['why', 'sentUntil']);
  const why = reader.required('why', reader.text('why', MAX_WHY));
  const sentUntil = reader.instant('sentUntil');
  reader.refuseFaults();
  return { request: { sentUntil }, actor: { who, why } };
}
