import { decodeRequest } from '@vestibule/envelope';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Book } from '../book.js';
import type { CallCounts } from '../call-counts.js';
import { FAULTS, type FaultMode } from '../faults/modes.js';
import type { InjectedFaults } from '../faults/injected.js';
import type { FaultInjector } from '../faults/injector.js';
import type { FaultSchedule } from '../faults/schedule.js';
import { REFUSALS, type Refusal } from '../refusals.js';
import type { Shelf } from '../shelf.js';
import { type EnvelopeAnswer, answerOf } from './answer.js';
import { type Gatekeeper, type ReceivedRequest, checkRequest } from './checks.js';
import { RUN } from './methods.js';

/** The largest request taken, in bytes; an order of 1,000 full lines is about half of it. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** What `POST /` needs. */
export interface PartnerParts {
  readonly gatekeeper: Gatekeeper;
  readonly book: Book;
  readonly shelf: Shelf;
  readonly counts: CallCounts;
  readonly schedule: FaultSchedule;
  readonly injector: FaultInjector;
  readonly injected: InjectedFaults;
}

/** `POST /`: the one address of Тройка Бизнес, for all nine methods. */
export function partnerRoutes(parts: PartnerParts) {
  return async (app: FastifyInstance): Promise<void> => {
    // The bytes are read unchanged for every Content-Type, because the signature covers them.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
      done(null, body);
    });
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const refusal = refusalOfFrameworkError(error);
      // Other errors are ours: the server's own handler answers and logs them.
      if (refusal === undefined) throw error;
      return send(reply, logged(request, answerOf(refusal)));
    });
    app.post('/', async (request, reply) => handle(request, reply, parts));
  };
}

async function handle(request: FastifyRequest, reply: FastifyReply, parts: PartnerParts): Promise<FastifyReply> {
  const fault = parts.schedule.draw(() => methodOf(request));
  if (fault !== 'none') {
    const { bytes, receivedAt } = receivedRequest(request);
    parts.injected.add({ fault, receivedAt: receivedAt.getTime(), rawBody: bytes.toString('utf8') });
  }
  const { executes, answer: faulted } = FAULTS[fault];
  const answer = logged(request, executes ? await perform(request, parts, fault) : answerOf(REFUSALS.fault), fault);
  return faulted === 'given' ? send(reply, answer) : parts.injector.inject(faulted, answer, reply, request.raw.socket);
}

async function perform(request: FastifyRequest, parts: PartnerParts, fault: FaultMode): Promise<EnvelopeAnswer> {
  const received = receivedRequest(request);
  const checked = await checkRequest(received, parts.gatekeeper);
  if ('resultCode' in checked) return answerOf(checked);
  parts.counts.add(checked.method);
  const call = {
    body: checked.body,
    receivedAt: received.receivedAt.getTime(),
    rawBody: () => received.bytes.toString('utf8'),
    fault,
  };
  return answerOf(RUN[checked.method](call, parts.book, parts.shelf));
}

/** The method that a request names, before anything of it was checked. */
function methodOf(request: FastifyRequest): unknown {
  const decoded = decodeRequest(receivedRequest(request).bytes);
  return decoded.ok ? decoded.request.head['type'] : undefined;
}

function receivedRequest(request: FastifyRequest): ReceivedRequest {
  const { headers, url, body } = request;
  const mark = url.indexOf('?');
  return {
    headers,
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    receivedAt: new Date(),
  };
}

function send(reply: FastifyReply, answer: EnvelopeAnswer): FastifyReply {
  return reply.code(answer.httpStatus).header('content-type', 'application/json; charset=utf-8').send(answer.bytes);
}

/** A refusal is logged as a warning, because a caller made a mistake; a successful call at debug. No line has data of the body. */
function logged(request: FastifyRequest, answer: EnvelopeAnswer, fault: FaultMode = 'none'): EnvelopeAnswer {
  if (fault !== 'none') request.log.info({ fault, resultCode: answer.resultCode }, 'a fault was simulated');
  // Who asks about an order that is not here makes no mistake, and may ask about many.
  else if (answer.resultCode === REFUSALS.noOrder.resultCode) request.log.info('asked about an unknown order');
  else if (answer.resultCode !== 0) request.log.warn({ resultCode: answer.resultCode }, 'a request was refused');
  else request.log.debug('a request was done');
  return answer;
}

/** Fastify's refusals of a request, in the partner's form; undefined for errors that are not the caller's. */
function refusalOfFrameworkError({ code, statusCode = 500 }: FastifyError): Refusal | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return REFUSALS.tooLarge;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return REFUSALS.contentType;
  return statusCode < 500 ? REFUSALS.notAnEnvelope : undefined;
}
