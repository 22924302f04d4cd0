import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { consoleShots } = await import('./lib/console-shots.mjs');
runScript(takesNothing(consoleShots), HELP['console:shots']);
