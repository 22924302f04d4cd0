import type { TlsConfig } from './config.js';
import type { Environment } from './environment/environment.js';

/**
 * The files of a listener's TLS; undefined without any.
 *
 * @param prefix of the variables: none for the public listener
 * @param faults gets a line for each file that the others need
 */
export function readTls(prefix: '' | 'INTERNAL_', environment: Environment, faults: string[]): TlsConfig | undefined {
  const names = [`${prefix}TLS_CERT_FILE`, `${prefix}TLS_KEY_FILE`, `${prefix}TLS_CLIENT_CA_FILE`] as const;
  const [cert, key, clientCa] = names;
  const { [cert]: certFile, [key]: keyFile, [clientCa]: clientCaFile } = environment;
  if (certFile === undefined && keyFile === undefined && clientCaFile === undefined) return undefined;
  if (certFile === undefined) faults.push(`${cert} is missing; ${key} and ${clientCa} need it`);
  if (keyFile === undefined) faults.push(`${key} is missing; ${cert} and ${clientCa} need it`);
  return { certFile: certFile ?? '', keyFile: keyFile ?? '', clientCaFile };
}
