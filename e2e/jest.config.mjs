import { jestProject } from '../jest.shared.mjs';
import { findPostgresPrograms } from './servers/postgres-programs.mjs';

export default jestProject('e2e', {
  testEnvironment: '<rootDir>/servers/failure-environment.mjs',
  globalSetup: '<rootDir>/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/servers/global-teardown.mjs',
  // Real processes on two cores, one suite after the other: a generous limit, so that only a hang fails.
  testTimeout: 240_000,
  maxWorkers: 1,
  // These need pg_dump, pg_basebackup and their own servers; `npm test` reports when the machine has none.
  ...(findPostgresPrograms() === undefined
    ? { testPathIgnorePatterns: ['/src/resilience/restore/', '/src/resilience/postgres/'] }
    : {}),
});
