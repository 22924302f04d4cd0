import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { release } = await import('./lib/release.mjs');
runScript(release, HELP.release);
