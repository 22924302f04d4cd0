import { describe, expect, it } from '@jest/globals';
import { encodeRequest } from '@vestibule/envelope';
import { requestId } from './requests.js';

const HEAD = { type: 'app_get_order', terminalId: 'bus_1', languageId: 'ru', phone: '+73946027654', time: '' };

describe('an id that is sent back to the partner', () => {
  it.each([
    ['228422', '228422'],
    ['9007199254740993', '9007199254740993'],
    ['0', '0'],
    ['007', '"007"'],
    ['a-7', '"a-7"'],
    ['-1', '"-1"'],
  ])('%s is written as %s', (text, written) => {
    expect(encodeRequest(HEAD, { id: requestId(text) }).toString()).toContain(`"body":{"id":${written}}`);
  });
});
