import { jestProject } from '../../jest.shared.mjs';

// Real sockets and real lookups: generous, so that only a hang is a failure.
export default jestProject('troika-client', { testTimeout: 30_000 });
