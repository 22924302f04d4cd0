import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { demo } = await import('./lib/demo.mjs');
runScript(demo);
