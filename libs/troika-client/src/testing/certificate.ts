import { generate } from 'selfsigned';

/** A self-signed certificate with its key, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** The names and addresses a certificate is for, as the X.509 extension numbers them. */
const LOOPBACK = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
] as const;
const ELSEWHERE = [{ type: 2, value: 'elsewhere.invalid' }] as const;

/** Makes a self-signed certificate, for this machine or for another name. */
export async function makeCertificate(host: 'loopback' | 'elsewhere' = 'loopback'): Promise<Certificate> {
  const altNames = [...(host === 'loopback' ? LOOPBACK : ELSEWHERE)];
  const made = await generate([{ name: 'commonName', value: 'vestibule test' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key: made.private, cert: made.cert };
}
