import { spawnSync } from 'node:child_process';

/** Runs openssl and returns its stdout; fails with its stderr when openssl fails. */
export function openssl(args: readonly string[], input: Uint8Array = Buffer.alloc(0)): Buffer {
  const run = spawnSync('openssl', args, { input });
  if (run.error !== undefined) {
    throw new Error('These tests compare with the openssl command, which cannot be run here. Install OpenSSL 3.', {
      cause: run.error,
    });
  }
  if (run.status !== 0) throw new Error(`openssl ${args.join(' ')} failed: ${run.stderr.toString()}`);
  return run.stdout;
}

/** Fails unless OpenSSL is installed with the features of these tests. LibreSSL (macOS) lacks them. */
export function requireOpenssl(): void {
  const version = openssl(['version']).toString().trim();
  if (!/^OpenSSL [3-9]/.test(version)) {
    throw new Error(`These tests compare with the openssl command of OpenSSL 3; here it is ${version}.`);
  }
}
