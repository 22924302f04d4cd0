import { jestProject } from '../../jest.shared.mjs';

export default jestProject('gateway', {
  globalSetup: '<rootDir>/../../e2e/servers/global-setup.mjs',
  globalTeardown: '<rootDir>/../../e2e/servers/global-teardown.mjs',
});
