import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { upgradeDrill } = await import('./lib/upgrade-drill.mjs');
runScript(upgradeDrill, HELP['upgrade-drill']);
