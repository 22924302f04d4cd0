import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { fix } = await import('./lib/fix.mjs');
runScript(takesNothing(fix), HELP.fix);
