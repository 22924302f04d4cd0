// What `npm pack` and `npm publish` run first: a package is never made of what was built before, or of nothing.
import { installDependencies } from '../../scripts/lib/set-up.mjs';

await installDependencies(() => undefined);
await import('./build.mjs');
