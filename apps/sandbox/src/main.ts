import { SignatureError } from '@vestibule/signer';
import { pino } from 'pino';
import { codeOf, readSettings } from './settings.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';

/** The runnable stand-in: everything from the environment, one clear line and exit 1 when it cannot start. */
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

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function stop(signal: NodeJS.Signals): void {
  logger.info({ signal }, 'stopping');
  sandbox.close().then(
    () => logger.info('stopped'),
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

function fail(faults: readonly string[]): never {
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  // oxlint-disable-next-line unicorn/no-process-exit -- nothing has been started that would have to be closed
  process.exit(1);
}
