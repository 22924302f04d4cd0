import { describe, expect, it } from '@jest/globals';
import { readProblem } from './problem.js';

describe('a problem that the gateway answers', () => {
  it('is read as a whole and field by field', () => {
    const body = {
      title: 'x',
      status: 422,
      detail: 'The body has faults.',
      errors: [{ pointer: '/why', detail: 'Required.' }],
    };
    expect(readProblem(422, JSON.stringify(body))).toEqual({
      status: 422,
      detail: 'The body has faults.',
      fields: { why: 'Required.' },
    });
  });

  it.each(['', '<html>Bad gateway</html>', 'null'])('can be shown even when the body is %j', (text) => {
    expect(readProblem(502, text)).toEqual({
      status: 502,
      detail: 'The gateway answered 502; its log may say why.',
      fields: {},
    });
  });
});
