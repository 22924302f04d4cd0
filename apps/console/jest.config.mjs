import { jestProject } from '../../jest.shared.mjs';

// What is shown is tested in a real browser, in e2e; the tests here need none.
export default jestProject('console');
