import { unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:tls';
import type { TlsConfig } from '../../config/config.js';
import { describeError, type Logger } from '../../core/logger.js';
import { readSecureContext } from './tls-options.js';

/** How often the files are looked at. They are polled, because a mounted secret changes by a link elsewhere. */
const PERIOD_MS = 5_000;

/**
 * Gives a listener its certificates again when their files change, and on SIGHUP. New connections get the new ones, open
 * connections stay. Files that cannot be used, such as a certificate whose key has not been written yet, change nothing, and
 * the log says why.
 *
 * @returns ends it
 */
export function renewCertificates(server: Server, tls: TlsConfig, logger: Logger, periodMs = PERIOD_MS): () => void {
  const files = [tls.certFile, tls.keyFile, tls.clientCaFile].filter((file) => file !== undefined);
  const renew = (): void => {
    try {
      server.setSecureContext(readSecureContext(tls));
      logger.info({ files }, 'the certificates were read again');
    } catch (error) {
      logger.error({ files, error: describeError(error) }, 'the new certificates cannot be used; the old ones stay');
    }
  };
  for (const file of files) watchFile(file, { interval: periodMs, persistent: false }, renew);
  process.on('SIGHUP', renew);
  return () => {
    process.off('SIGHUP', renew);
    for (const file of files) unwatchFile(file, renew);
  };
}
