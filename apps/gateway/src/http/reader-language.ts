import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { InBothLanguages } from '../operator-events/catalogue/kind.js';

/** In which language a person reads what a call below /admin says: English, unless the request asks for Russian first. */
export function readerLanguage(request: FastifyRequest): keyof InBothLanguages {
  return new Negotiator(request.raw).language(['en', 'ru']) === 'ru' ? 'ru' : 'en';
}
