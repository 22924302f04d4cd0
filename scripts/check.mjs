import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { check } = await import('./lib/check.mjs');
runScript(takesNothing(check), HELP.check);
