import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { fuzz } = await import('./lib/fuzz.mjs');
runScript(fuzz, HELP.fuzz);
