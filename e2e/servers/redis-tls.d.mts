/** Whether this machine has the command that makes certificates. */
export function canMakeCertificates(): boolean;
/** Starts a Redis with TLS and its own certificate for 127.0.0.1; needs the command openssl. */
export function startRedisWithTls(): Promise<{
  readonly url: string;
  /** The certificate to trust. */
  readonly certFile: string;
  stop(): Promise<void>;
}>;
