import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { restoreDrill } = await import('./lib/restore-drill.mjs');
runScript(takesNothing(restoreDrill), HELP['restore-drill']);
