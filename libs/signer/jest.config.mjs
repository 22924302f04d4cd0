import { hasCommand, jestProject } from '../../jest.shared.mjs';

// Two suites compare with the openssl command; without it they do not run, and `npm test` says so.
export default jestProject('signer', {
  testPathIgnorePatterns: hasCommand('openssl') ? [] : ['openssl\\.integration', 'external-cms\\.integration'],
});
