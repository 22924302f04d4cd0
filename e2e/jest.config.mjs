import { jestProject } from '../jest.shared.mjs';

export default jestProject('e2e', {
  globalSetup: '<rootDir>/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/servers/global-teardown.mjs',
  // Real processes on two cores, one suite after the other: generous, so that only a hang is a failure.
  testTimeout: 60_000,
  maxWorkers: 1,
});
