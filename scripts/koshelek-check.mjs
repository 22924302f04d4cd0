import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { koshelekCheck } = await import('./lib/koshelek-check.mjs');
runScript(koshelekCheck);
