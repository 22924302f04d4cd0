import { describe, expect, it } from '@jest/globals';
import { credentialsOf } from './authorization.js';

describe('credentialsOf', () => {
  it.each(['Basic dG9rZW4=', 'basic dG9rZW4=', 'BASIC  dG9rZW4=', 'Basic    dG9rZW4= ', 'Basic \t dG9rZW4='])(
    'reads %j',
    (header) => {
      expect(credentialsOf(header, 'basic')).toBe('dG9rZW4=');
    },
  );

  it.each([undefined, '', 'Basic', 'Basic ', 'BasicdG9rZW4=', 'Bearer dG9rZW4=', 'Basic dG9r ZW4='])(
    'finds none in %j',
    (header) => {
      expect(credentialsOf(header, 'basic')).toBeUndefined();
    },
  );
});
