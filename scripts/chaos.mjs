import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { chaos } = await import('./lib/chaos.mjs');
runScript(chaos);
