import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { auditVerify } = await import('./lib/audit-verify.mjs');
runScript(auditVerify, HELP['audit:verify']);
