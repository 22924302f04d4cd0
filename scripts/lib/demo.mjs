import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { welcome } from './welcome.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

const SANDBOX_PORT = '8090';
const PARENT_CHECK_MS = 1_000;

/** Sets everything up and runs the demo until it is told to stop. */
export async function demo() {
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
  const steps = new Steps(SET_UP_STEPS + 2);
  await setUp(steps);
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

/** Starts the parts one after the other, says what there is, and ends only when one of them ends by itself. */
async function serve(steps, children) {
  const env = { DATA_DIR: join(ROOT, '.vestibule') };
  let sandboxUrl;
  if (!process.env.TROIKA_URL) {
    const sandbox = launch(children, 'apps/sandbox/dist/main.js', {
      SANDBOX_PORT: process.env.SANDBOX_PORT || SANDBOX_PORT,
      LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
    });
    sandboxUrl = (await steps.run('start the stand-in for Тройка Бизнес', () => sandbox.ready)).url;
    env.TROIKA_URL = sandboxUrl;
  }
  const gateway = launch(children, 'apps/gateway/dist/demo.js', env);
  const urls = await steps.run('start the gateway', () => gateway.ready);
  process.stdout.write(welcome({ ...urls, sandboxUrl }));
  await Promise.race(children.map(({ unexpectedEnd }) => unexpectedEnd));
}

/**
 * Starts one of our programs in a process group of its own, so that a Ctrl-C reaches only us and we stop it in order.
 * The channel to it tells it when we have died.
 */
function launch(children, file, env) {
  const child = spawn(process.execPath, [join(ROOT, file)], {
    cwd: ROOT,
    env: { ...env, ...withoutEmpty(process.env) },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let stopping = false;
  const ready = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    // It has said why on standard error, so there is nothing to add.
    void ended.then(() => reject(new StepError('')));
  });
  ready.catch(() => undefined);
  const unexpectedEnd = ended.then((code) => {
    if (!stopping) throw new StepError(`${file} ended by itself (exit ${code})`);
  });
  unexpectedEnd.catch(() => undefined);
  const stop = async () => {
    stopping = true;
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  children.push({ ready, unexpectedEnd, stop });
  return { ready };
}

function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Resolves on Ctrl-C, on a polite kill, when the terminal goes away, and when npm was killed above us. */
function stopRequest() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
}
