import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { demo } = await import('./lib/demo.mjs');
runScript(takesNothing(demo), HELP.start);
