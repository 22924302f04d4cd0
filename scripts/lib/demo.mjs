import { join } from 'node:path';
import { launch, stopRequest } from './launch.mjs';
import { readEnvFile } from './read-env-file.mjs';
import { welcome } from './welcome.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps } from './steps.mjs';

const SANDBOX_PORT = '8090';

/** Sets everything up and runs the demo until it is stopped. */
export async function demo() {
  const steps = new Steps(SET_UP_STEPS + 2);
  await setUp(steps);
  await readEnvFile();
  const children = [];
  const stopped = stopRequest();
  try {
    await Promise.race([stopped, serve(steps, children)]);
    process.stdout.write('\nStopping …\n');
  } finally {
    // The gateway first: what it is sending may still be answered.
    for (const child of children.toReversed()) await child.stop();
  }
  process.stdout.write('Stopped.\n');
  process.exit(0);
}

/** Starts the parts one after the other, shows where they are, and returns only when one of them ends unexpectedly. */
async function serve(steps, children) {
  let sandboxUrl;
  if (!process.env.TROIKA_URL) {
    children.push(launchSandbox());
    sandboxUrl = (await steps.run('start the stand-in for Тройка Бизнес', () => children[0].ready)).url;
  }
  const gateway = launchGateway(sandboxUrl);
  children.push(gateway);
  const urls = await steps.run('start the gateway', () => gateway.ready);
  process.stdout.write(welcome({ ...urls, sandboxUrl }));
  await Promise.race(children.map(({ unexpectedEnd }) => unexpectedEnd));
}

/** Starts the stand-in for Тройка Бизнес. */
export function launchSandbox() {
  return launch('apps/sandbox/dist/main.js', {
    SANDBOX_PORT,
    LOG_LEVEL: 'warn',
    SANDBOX_DATA_DIR: join(dataFolder(), 'sandbox'),
  });
}

/** Starts the gateway with the demo's values. @param {string | undefined} sandboxUrl @param {readonly string[]} [nodeArgs] */
export function launchGateway(sandboxUrl, nodeArgs) {
  // What happens is shown; of the rest only what is wrong.
  const env = { DATA_DIR: dataFolder(), LOG_LEVEL: 'info', ...(sandboxUrl && { TROIKA_URL: sandboxUrl }) };
  return launch('apps/gateway/dist/demo.js', env, nodeArgs);
}

function dataFolder() {
  return process.env.DATA_DIR || join(ROOT, '.vestibule');
}
