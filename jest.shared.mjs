import { spawnSync } from 'node:child_process';

/**
 * Whether this machine has a command. In CI (VESTIBULE_REQUIRE_TOOLS) one that is missing is a failure, because the
 * tests that stand on it would silently not run.
 *
 * @param {string} name
 */
export function hasCommand(name) {
  const found = spawnSync(name, ['version']).error === undefined;
  if (!found && process.env.VESTIBULE_REQUIRE_TOOLS)
    throw new Error(`VESTIBULE_REQUIRE_TOOLS is set, and ${name} is missing`);
  return found;
}

/**
 * The Jest settings every project shares: ES modules, TypeScript through swc, and workspace packages read from
 * their sources so that a test never sees a stale build.
 *
 * @param {string} displayName the project's name, shown beside each suite
 * @param {import('jest').Config} [overrides]
 * @returns {import('jest').Config}
 */
export function jestProject(displayName, overrides = {}) {
  return {
    displayName,
    testEnvironment: 'node',
    testEnvironmentOptions: { customExportConditions: ['@vestibule/source', 'node', 'node-addons'] },
    testMatch: ['<rootDir>/src/**/*.test.ts'],
    // Tests start servers, processes and compilers: on a busy machine each takes ten times as long. Only a hang is a failure.
    testTimeout: 60_000,
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
          module: { type: 'es6' },
        },
      ],
    },
    ...overrides,
  };
}
