import { jestProject } from '../../jest.shared.mjs';

// What is shown is tested in a real browser, in e2e; here is what has an answer without one.
export default jestProject('console');
