import { jestProject } from '../../jest.shared.mjs';

export default jestProject('sandbox', {
  // Processes, and whole runs of the conformance kit, on cores that others use: only a hang is a failure.
  testTimeout: 30_000,
});
