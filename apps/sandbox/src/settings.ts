import { readFileSync } from 'node:fs';
import { parseSignatureProfile } from '@vestibule/signer';
import type { SandboxOptions } from './start-sandbox.js';

/** The settings of a run, or every fault of the environment, one sentence each. */
export type Settings =
  | { readonly ok: true; readonly options: SandboxOptions; readonly logLevel: string }
  | { readonly ok: false; readonly faults: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads the environment. An unset variable gets the demo's value: the stand-in has nothing to protect, and listens on
 * the loopback by default. Secrets may come from a file named in `NAME_FILE`.
 */
export function readSettings(environment: Environment): Settings {
  const faults: string[] = [];
  const get = (name: string, unset: string): string => environment[name] ?? unset;

  const portText = get('SANDBOX_PORT', '8090');
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) faults.push(`SANDBOX_PORT is ${JSON.stringify(portText)}; allowed is a port from 0 to 65535.`);

  const logLevel = get('LOG_LEVEL', 'info');
  if (!LOG_LEVELS.includes(logLevel)) {
    faults.push(`LOG_LEVEL is ${JSON.stringify(logLevel)}; allowed are ${LOG_LEVELS.join(', ')}.`);
  }

  const template = environment['TROIKA_SIGNATURE_TEMPLATE'];
  const parsed = parseSignatureProfile(
    get('TROIKA_SIGNATURE', 'hmac-sha1:hex'),
    template === undefined ? {} : { template },
  );
  if (!parsed.ok) faults.push(`TROIKA_SIGNATURE or TROIKA_SIGNATURE_TEMPLATE: ${parsed.error}.`);

  const basicPassword = secretFromFile('TROIKA_BASIC_PASSWORD', environment, faults);
  const keyFile = environment['TROIKA_SIGNATURE_KEY_FILE'];
  const dataFolder = environment['SANDBOX_DATA_DIR'];
  if (!parsed.ok || faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    logLevel,
    options: {
      host: get('SANDBOX_HOST', '127.0.0.1'),
      port,
      basicUser: get('TROIKA_BASIC_USER', 'demo'),
      basicPassword: basicPassword ?? get('TROIKA_BASIC_PASSWORD', 'demo-password'),
      apiPhone: get('TROIKA_API_PHONE', '+73946027654'),
      terminalId: get('TROIKA_TERMINAL_ID', 'bus_f78a8a6aa7fb3d5'),
      ...(dataFolder !== undefined && { dataFolder }),
      signature: {
        profile: parsed.profile,
        keys: [keyFile === undefined ? { text: get('TROIKA_SIGNATURE_KEY', 'demo-signature-key') } : { file: keyFile }],
      },
    },
  };
}

function secretFromFile(name: string, environment: Environment, faults: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    faults.push(`${name}_FILE names ${JSON.stringify(file)}, which cannot be read (${codeOf(error)}).`);
    return undefined;
  }
}

/** The code of a system error such as `ENOENT` or `EADDRINUSE`; otherwise the error's name. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}
