import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { smoke } = await import('./lib/smoke.mjs');
runScript(takesNothing(smoke('node22')), HELP['smoke:node22']);
