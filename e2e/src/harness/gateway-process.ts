import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { journalFolderOf } from './journal-folder.js';

const MAIN = fileURLToPath(new URL('../../../apps/gateway/dist/main.js', import.meta.url));
/** Less than a hook may take, so that a start that hangs is reported with its log. */
const START_LIMIT_MS = 120_000;

/** Secrets of the tests: as in production, the demo's are refused. */
export const SECRETS = {
  KOSHELEK_CREDENTIALS: 'wallet:test-wallet-password',
  ORDERS_API_KEYS: 'shop:test-orders-key,office:test-office-key',
  ADMIN_API_KEYS: 'ops:test-admin-key',
  CALLBACK_SECRETS: 'shop:whsec_YSBjYWxsYmFjayBzZWNyZXQgb2YgdGhlIHN1aXRlcyE=',
  TROIKA_BASIC_USER: 'agent',
  TROIKA_BASIC_PASSWORD: 'test-troika-password',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
  TROIKA_SIGNATURE_KEY: 'test-signature-key',
} as const;

export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** A gateway as in production: a separate process, configured by the environment. */
export interface GatewayProcess {
  readonly publicUrl: string;
  readonly internalUrl: string;
  readonly child: ChildProcess;
  /** Its log so far. */
  readonly log: readonly LogLine[];
  /** @returns the exit code, null after a signal that could not be handled */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Another program than that of the checkout, where it runs, and as whom. */
export interface ProgramPlace {
  readonly main?: string;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts a gateway and waits until it serves. Ports are free ones unless given.
 *
 * @throws Error with what it output and logged, when it ends or does not serve in time; it is not running then
 */
export async function startGateway(
  env: Readonly<Record<string, string>>,
  place: ProgramPlace = {},
): Promise<GatewayProcess> {
  const { child, log, errors } = launchGateway(env, place);
  const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const serving = await new Promise<LogLine>((resolve, reject) => {
    log.onLine((line) => {
      if (line.msg === 'the gateway is serving') resolve(line);
    });
    child.once('close', (code, signal) => {
      const said = [...errors, ...log.lines.map((line) => JSON.stringify(line))].join('\n');
      reject(new Error(`the gateway ended with ${code ?? signal} before it served: ${said}`));
    });
  }).finally(() => clearTimeout(limit));
  return {
    publicUrl: String(serving['publicUrl']),
    internalUrl: String(serving['internalUrl']),
    child,
    log: log.lines,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}

/** Starts a gateway that is expected to refuse; returns its exit code and its standard error. */
export async function runGatewayToEnd(env: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  const { child, errors } = launchGateway(env);
  await once(child, 'close');
  return { code: child.exitCode ?? -1, said: errors.join('') };
}

function launchGateway(env: Readonly<Record<string, string>>, { main = MAIN, ...place }: ProgramPlace = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const { DATABASE_URL: databaseUrl } = env;
  const journal = databaseUrl === undefined ? {} : { SEND_JOURNAL_DIR: journalFolderOf(databaseUrl) };
  const ports = { PUBLIC_HOST: '127.0.0.1', PUBLIC_PORT: '0', INTERNAL_PORT: '0' };
  const child = spawn(process.execPath, [main], {
    ...place,
    env: { PATH, HOME, ...ports, ...SECRETS, ...journal, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const lines: LogLine[] = [];
  const listeners: ((line: LogLine) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as LogLine;
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  return { child, errors, log: { lines, onLine: (listener: (line: LogLine) => void) => listeners.push(listener) } };
}
