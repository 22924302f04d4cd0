import { describe, expect, it } from '@jest/globals';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { CONTENT_TYPE, LOYALTY_ERRORS } from '@vestibule/koshelek-contract';
import { createLogger } from '../core/logger.js';
import { CardProgramError, type CardProgramFailure } from './card-program/card-program.error.js';
import { LoyaltyFilter } from './loyalty.filter.js';

/** The filter's answer, recorded instead of sent. */
function answerTo(error: unknown): { status: number; contentType: string; body: string } {
  const answer = { status: 0, contentType: '', body: '' };
  const reply = {
    request: { id: 'request-1' },
    code: (status: number) => Object.assign(reply, void (answer.status = status)),
    header: (_name: string, value: string) => Object.assign(reply, void (answer.contentType = value)),
    send: (body: string) => void (answer.body = body),
  };
  const host = { switchToHttp: () => ({ getResponse: () => reply }) } as unknown as ArgumentsHost;
  const filter: ExceptionFilter = new LoyaltyFilter(createLogger('silent'));
  // oxlint-disable-next-line promise/no-promise-in-callback -- this catch is an exception filter's, not a promise's
  filter.catch(error, host);
  return answer;
}

describe('LoyaltyFilter', () => {
  const FAILURES: readonly CardProgramFailure[] = [
    'ownSystemUnavailable',
    'ownSystemTimeout',
    'ownSystemBadAnswer',
    'ownSystemRefused',
    'ownSystemPaused',
    'requestTimeout',
  ];

  it.each(FAILURES)('answers a failure of the programme with the code of %s, and discloses no more', (failure) => {
    const { status, contentType, body } = answerTo(new CardProgramError(failure, 'connect to 10.0.0.7 as root'));
    expect([status, contentType]).toEqual([422, CONTENT_TYPE]);
    expect(JSON.parse(body)).toEqual({
      code: LOYALTY_ERRORS[failure].code,
      description: LOYALTY_ERRORS[failure].description,
    });
  });
});
