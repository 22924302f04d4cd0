import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { bench } = await import('./lib/bench.mjs');
runScript(bench, HELP.bench);
