import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { signatureTry } = await import('./lib/signature-try.mjs');
runScript(signatureTry, HELP['signature:try']);
