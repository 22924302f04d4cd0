import { jestProject } from '../jest.shared.mjs';
import { TEST_WORKERS } from './servers/test-workers.mjs';
import { findPostgresPrograms } from './servers/postgres-programs.mjs';

export default jestProject('e2e', {
  testEnvironment: '<rootDir>/servers/failure-environment.mjs',
  globalSetup: '<rootDir>/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/servers/global-teardown.mjs',
  // Real processes on two cores: a generous limit, so that only a hang fails.
  testTimeout: 480_000,
  // Suites wait more than they compute. Each worker has a Redis of its own, which its suites empty.
  maxWorkers: process.env.TEST_REDIS_URL ? 1 : TEST_WORKERS,
  // These need pg_dump, pg_basebackup and their own servers; `npm test` reports when the machine has none.
  ...(findPostgresPrograms() === undefined
    ? { testPathIgnorePatterns: ['/src/resilience/restore/', '/src/resilience/postgres/'] }
    : {}),
});
