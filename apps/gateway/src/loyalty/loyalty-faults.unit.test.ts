import { describe, expect, it } from '@jest/globals';
import { CONTENT_TYPE, LOYALTY_ERRORS } from '@vestibule/koshelek-contract';
import { faultOf } from '../http/transport-fault.js';
import { answerFaultToKoshelek } from './loyalty-faults.js';

describe('answerFaultToKoshelek', () => {
  it.each([
    ['ERR_HTTP_REQUEST_TIMEOUT', 'requestNotReceived'],
    ['HPE_INVALID_METHOD', 'malformedRequest'],
    ['HPE_HEADER_OVERFLOW', 'headersTooLarge'],
    ['FST_ERR_CTP_BODY_TOO_LARGE', 'bodyTooLarge'],
    ['ECONNREFUSED', 'databaseUnavailable'],
    ['SOMETHING_ELSE', 'internalError'],
  ] as const)('answers %s with the error %s, 422 and the contract’s Content-Type', (code, key) => {
    const answer = answerFaultToKoshelek(faultOf(Object.assign(new Error('secret'), { code })));
    expect(answer).toMatchObject({ status: 422, contentType: CONTENT_TYPE });
    expect(JSON.parse(answer.body)).toMatchObject({ code: LOYALTY_ERRORS[key].code });
    expect(answer.body).not.toContain('secret');
  });
});
