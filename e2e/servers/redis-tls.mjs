import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { hasCommand } from '../../jest.shared.mjs';
import { startRedis } from './redis-server.mjs';

const run = promisify(execFile);

/** Whether this machine has the command that makes certificates. */
export function canMakeCertificates() {
  return hasCommand('openssl');
}

/** Starts a Redis with TLS and its own certificate for 127.0.0.1; needs the command openssl. */
export async function startRedisWithTls() {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-redis-tls-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=vestibule test', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certFile],
  ]);
  const port = await freePort();
  const redis = await startRedis(undefined, [
    ...['--tls-port', String(port), '--tls-cert-file', certFile, '--tls-key-file', keyFile],
    ...['--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no'],
  ]);
  return {
    url: `rediss://127.0.0.1:${port}`,
    /** The certificate to trust. */
    certFile,
    stop: async () => {
      await redis.stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
