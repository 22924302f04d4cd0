import { jestProject } from '../../jest.shared.mjs';

export default jestProject('koshelek-kit');
