import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { findVulnerabilities } = await import('./lib/vulnerabilities.mjs');
runScript(findVulnerabilities, HELP.vulnerabilities);
