import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { findVulnerabilities } = await import('./lib/vulnerabilities.mjs');
runScript(takesNothing(findVulnerabilities), HELP.vulnerabilities);
