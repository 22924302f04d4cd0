import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchGateway, launchSandbox } from './demo.mjs';
import { stopRequest } from './launch.mjs';
import { readEnvFile } from './read-env-file.mjs';
import { nx, ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps, UsageError } from './steps.mjs';
import { welcome } from './welcome.mjs';

/** Editors write a file in several steps, and a checkout changes many files: the build waits until it is quiet. */
const QUIET_MS = 200;
const DEBUG_PORT = '9229';
/** Nx also builds what these use. */
const PROGRAMS = '@vestibule/gateway,@vestibule/sandbox';

/** Runs the demo, and rebuilds and restarts what a changed source file belongs to, until it is stopped. */
export async function dev() {
  const nodeArgs = readArguments();
  await setUp(new Steps(SET_UP_STEPS));
  await readEnvFile();
  const stopped = stopRequest();
  const programs = new Programs(nodeArgs);
  const changes = watchSources();
  try {
    await Promise.race([stopped, workOff(programs, changes)]);
    process.stdout.write('\nStopping …\n');
  } finally {
    changes.close();
    await programs.stop();
  }
  process.stdout.write('Stopped.\n');
  process.exit(0);
}

function readArguments() {
  try {
    const { inspect } = parseArgs({ options: { inspect: { type: 'boolean' } } }).values;
    return inspect ? [`--inspect=127.0.0.1:${DEBUG_PORT}`, '--enable-source-maps'] : ['--enable-source-maps'];
  } catch (error) {
    throw new UsageError(`${error.message}\nusage: npm run dev [-- --inspect]`);
  }
}

/** Starts both programs, and then builds and restarts for one set of changes after the other. */
async function workOff(programs, changes) {
  await programs.restart(['apps/sandbox', 'apps/gateway']);
  for (;;) {
    const changed = await changes.next();
    say(`${[...changed].join(', ')} changed`);
    const built = await new Steps(1)
      .run('build', () => nx(['run-many', '-t', 'build', '-p', PROGRAMS, '--output-style=static']))
      .then(
        () => true,
        (error) => {
          process.stderr.write(`${compilerErrors(error.message)}\n`);
          say('The build failed; what ran before still runs. Save again to try again.');
          return false;
        },
      );
    if (built) await programs.restart(changed);
  }
}

/** The two running programs. The sandbox restarts only for its own code. */
class Programs {
  #sandbox;
  #gateway;
  #sandboxUrl;
  #isWelcomed = false;

  constructor(nodeArgs) {
    this.nodeArgs = nodeArgs;
  }

  /** @param {Iterable<string>} changed packages, such as `libs/signer` */
  async restart(changed) {
    const packages = [...changed];
    const sandboxToo = packages.some((name) => name === 'apps/sandbox' || name.startsWith('libs/'));
    await this.#gateway?.stop();
    if (!process.env.TROIKA_URL && (sandboxToo || this.#sandbox === undefined)) {
      await this.#sandbox?.stop();
      this.#sandbox = launchSandbox();
      this.#sandboxUrl = await this.#sandbox.ready.then(({ url }) => url, failed('The sandbox'));
    }
    this.#gateway = launchGateway(this.#sandboxUrl, this.nodeArgs);
    const urls = await this.#gateway.ready.catch(failed('The gateway'));
    if (urls === undefined) return;
    this.#gateway.unexpectedEnd.catch((error) => say(`${error.message}. Change something to start it again.`));
    if (this.#isWelcomed) return say(`Serving again: ${urls.internalUrl}/console`);
    this.#isWelcomed = true;
    process.stdout.write(welcome({ ...urls, sandboxUrl: this.#sandboxUrl }));
  }

  async stop() {
    await this.#gateway?.stop();
    await this.#sandbox?.stop();
  }
}

/** What the compilers found, without the list of tasks around it; the whole text if no line looks like an error. */
function compilerErrors(text) {
  const lines = text.split('\n').filter((line) => /\berror\b/i.test(line));
  return lines.length === 0 ? text : lines.join('\n');
}

const failed = (what) => () => say(`${what} did not start; the reason is above. Change something to try again.`);

/** Collects the packages in which a source file changed. Tests do not count: no program contains them. */
function watchSources() {
  let changed = new Set();
  let notify = () => undefined;
  let timer;
  const folders = ['apps', 'libs'].flatMap((group) => readdirSync(join(ROOT, group)).map((name) => `${group}/${name}`));
  const watchers = folders
    .filter((folder) => existsSync(join(ROOT, folder, 'src')))
    .map((folder) =>
      watch(join(ROOT, folder, 'src'), { recursive: true }, (_event, file) => {
        if (file !== null && /\.test\.tsx?$|(^|\/)testing\/|~$|\.swp$/.test(file)) return;
        changed.add(folder);
        clearTimeout(timer);
        timer = setTimeout(() => notify(), QUIET_MS);
      }),
    );
  return {
    /** The packages changed since the last call; waits for the first change. @returns {Promise<Set<string>>} */
    async next() {
      if (changed.size === 0) await new Promise((resolve) => (notify = resolve));
      const result = changed;
      changed = new Set();
      return result;
    },
    close: () => watchers.forEach((watcher) => watcher.close()),
  };
}

function say(line) {
  process.stdout.write(`\n${line}\n`);
}
