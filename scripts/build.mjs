import { refuseOldNode } from './lib/node-version.mjs';

refuseOldNode();
const { runScript, Steps, takesNothing } = await import('./lib/steps.mjs');
const { HELP } = await import('./lib/help.mjs');
const { setUp, SET_UP_STEPS } = await import('./lib/set-up.mjs');
runScript(
  takesNothing(() => setUp(new Steps(SET_UP_STEPS))),
  HELP.build,
);
