import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { HealthCheck } from './health-watch.js';

const DAY_MS = 86_400_000;
/** From here on it is reported; and from here on it is urgent. */
const DAYS = { soon: 14, urgent: 2 } as const;

/** Whether the certificate of the public listener ends soon, or has ended. @param certFile TLS_CERT_FILE */
export function checkCertificate(certFile: string, now: () => number = Date.now): HealthCheck {
  return {
    kinds: ['certificate.expires'],
    find: async () => {
      const end = new Date(new X509Certificate(await readFile(certFile)).validTo);
      const days = (end.getTime() - now()) / DAY_MS;
      if (days > DAYS.soon) return [];
      const when = days < 0 ? 'has ended' : `ends in ${Math.ceil(days)} days`;
      const message = `The certificate in TLS_CERT_FILE ${when} (${end.toISOString()}): Кошелёк will not connect without a valid one. Put a new one there, and its key into TLS_KEY_FILE: they are read again within seconds.`;
      return [{ kind: 'certificate.expires', severity: days < DAYS.urgent ? 'critical' : 'warning', message }];
    },
  };
}
