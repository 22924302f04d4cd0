import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { sbom } = await import('./lib/sbom.mjs');
runScript(sbom, HELP.sbom);
