import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { drain } = await import('./lib/drain.mjs');
runScript(drain);
