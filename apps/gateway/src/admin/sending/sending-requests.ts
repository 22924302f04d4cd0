import type { Actor } from '../../audit/actor.js';
import { WHY } from '../../audit/why.js';
import { moment } from '../../http/schema/formats.js';
import { bodyReader } from '../../http/schema/read-request.js';
import { optional, request } from '../../http/schema/schema.js';
import type { Resumption } from '../../orders/sending/guard/resume-sending.js';

export const STOP_REQUEST = request({ why: WHY });
const readStop = bodyReader(STOP_REQUEST);

export const RESUME_REQUEST = request({
  why: WHY,
  sentUntil: optional(moment('Orders that wait and were accepted until then become unknown: they may have been sent.')),
});
const readResume = bodyReader(RESUME_REQUEST);

/** @throws ProblemError 422 with every fault */
export function readStopRequest(body: unknown, who: string): Actor {
  return { who, why: readStop(body).why };
}

/** @throws ProblemError 422 with every fault */
export function readResumeRequest(body: unknown, who: string): { request: Resumption; actor: Actor } {
  const { why, sentUntil } = readResume(body);
  return { request: { sentUntil }, actor: { who, why } };
}
