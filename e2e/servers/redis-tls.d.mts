/** Whether this machine has the command that makes certificates. */
export function canMakeCertificates(): boolean;
/** Starts a Redis that speaks TLS, with a certificate of its own for 127.0.0.1; takes the command openssl. */
export function startRedisWithTls(): Promise<{
  readonly url: string;
  /** Whoever trusts it trusts this Redis. */
  readonly certFile: string;
  stop(): Promise<void>;
}>;
