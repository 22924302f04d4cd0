import { readFileSync } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import type { TlsConfig } from '../../config/config.js';

/** Of TLS 1.2 only what is as good as TLS 1.3: keys that are agreed again each time (ECDHE), and authenticated encryption. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** A handshake must be over by then; Node would wait for two minutes. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Everything of a listener's TLS that its files and we decide, read now; it replaces what a running server has. */
export function readSecureContext({ certFile, keyFile, clientCaFile }: TlsConfig): SecureContextOptions {
  return {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    ...(clientCaFile === undefined ? {} : { ca: readFileSync(clientCaFile) }),
    ciphers: CIPHERS,
    minVersion: 'TLSv1.2',
    honorCipherOrder: true,
  };
}

/**
 * The options of a server with TLS; with a client authority the caller must show a certificate of it.
 *
 * @param handshakeTimeout how long a handshake may take, in milliseconds
 */
export function readTlsOptions(tls: TlsConfig, handshakeTimeout = HANDSHAKE_TIMEOUT_MS) {
  return {
    ...readSecureContext(tls),
    ...(tls.clientCaFile === undefined ? {} : { requestCert: true, rejectUnauthorized: true }),
    handshakeTimeout,
  };
}
