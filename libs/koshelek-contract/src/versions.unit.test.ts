import { describe, expect, it } from '@jest/globals';
import { isAvailable, KOSHELEK_API_VERSIONS, LOYALTY_METHODS } from './index.js';

describe('versions of the API', () => {
  it.each([
    ['1.0.0', [1, 2, 3, 4, 5, 6, 7, 9, 12, 13]],
    ['1.1.0', [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13]],
    ['1.2.0', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13]],
    ['1.3.0', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
  ] as const)('version %s has exactly the methods of its time', (version, numbers) => {
    expect(LOYALTY_METHODS.filter((method) => isAvailable(method, version)).map(({ number }) => number)).toEqual(
      numbers,
    );
  });

  it('knows the four versions, oldest first', () => {
    expect(KOSHELEK_API_VERSIONS).toEqual(['1.0.0', '1.1.0', '1.2.0', '1.3.0']);
  });
});
