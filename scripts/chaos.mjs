import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { chaos } = await import('./lib/chaos.mjs');
runScript(chaos, HELP.chaos);
