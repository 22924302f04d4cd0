import { parseArgs } from 'node:util';
import { SignatureError } from '@vestibule/signer';
import { pino } from 'pino';
import { codeOf, readSettings } from './settings.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';

const USAGE = `usage: node apps/sandbox/dist/main.js

Runs the stand-in for Тройка Бизнес until it is stopped by a signal. The environment configures it: SANDBOX_HOST,
SANDBOX_PORT, LOG_LEVEL, and the settings TROIKA_* of the gateway that it stands in for.

  --help      this text
`;

/**
 * The stand-in as a program: configured by the environment; one line and exit code 1 when it cannot start, 2 for an
 * option that it does not know.
 */
readOptions();
const settings = readSettings(process.env);
if (!settings.ok) fail(settings.faults);
const { options, logLevel } = settings;
const logger = pino({ level: logLevel, base: null });

let sandbox: Sandbox;
try {
  sandbox = await startSandbox({ ...options, logger });
} catch (error) {
  fail([whyNotStarted(error)]);
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop(signal));
// A parent with an IPC channel gets our address, and we stop when it dies.
process.once('disconnect', () => stop('the parent process is gone'));
process.send?.({ url: sandbox.url });

let stopping = false;

function stop(why: string): void {
  if (stopping) return;
  stopping = true;
  logger.info({ why }, 'stopping');
  sandbox.close().then(
    () => {
      logger.info('stopped');
      if (process.connected) process.disconnect();
    },
    (error: unknown) => {
      logger.error({ code: codeOf(error) }, 'the stand-in did not stop cleanly');
      process.exitCode = 1;
    },
  );
}

function whyNotStarted(error: unknown): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return `Port ${options.port} of ${options.host} is taken: stop what listens there or set SANDBOX_PORT.`;
  }
  if (code === 'EACCES')
    return `Port ${options.port} of ${options.host} is not allowed to this user: set SANDBOX_PORT.`;
  if (error instanceof SignatureError) return `TROIKA_SIGNATURE_KEY: ${error.message}.`;
  return `The stand-in cannot listen on ${options.host}:${options.port} (${code}).`;
}

function readOptions(): void {
  try {
    if (!parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help) return;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing has been started that would have to be closed
    process.exit(2);
  }
  process.stdout.write(USAGE);
  // oxlint-disable-next-line unicorn/no-process-exit -- the same
  process.exit(0);
}

function fail(faults: readonly string[]): never {
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  // oxlint-disable-next-line unicorn/no-process-exit -- nothing has been started that would have to be closed
  process.exit(1);
}
