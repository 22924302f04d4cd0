import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { dev } = await import('./lib/dev.mjs');
runScript(dev, HELP.dev);
