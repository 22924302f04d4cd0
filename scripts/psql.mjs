import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { psql } = await import('./lib/psql.mjs');
runScript(psql, HELP.psql);
