import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { drain } = await import('./lib/drain.mjs');
runScript(drain, HELP.drain);
