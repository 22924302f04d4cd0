import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { newcomerPath } = await import('./lib/newcomer-path/newcomer-path.mjs');
runScript(takesNothing(newcomerPath), HELP['newcomer-path']);
