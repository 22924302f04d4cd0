import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ExchangeError, type ExchangeStage } from './exchange.error.js';
import { openTunnel, type Proxy } from './proxy-tunnel.js';

/** Aborted when the time is up; its reason is the text for people. */
export type Deadline = AbortSignal;

export interface ConnectionSettings {
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** Asked for a tunnel to the host. */
  readonly proxy?: Proxy | undefined;
}

/**
 * Opens a new connection and waits until it is ready for the first byte: TCP is up, behind a proxy its tunnel too, and
 * for `https:` the certificate is accepted. Nothing of the request exists on this socket yet, so a failure here means
 * that nothing was sent.
 *
 * @throws ExchangeError with stage `connecting` or `securing`; the socket is closed then
 */
export async function openConnection(url: URL, { ca, proxy }: ConnectionSettings, deadline: Deadline): Promise<Socket> {
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || (secure ? 443 : 80));
  const tunnel = proxy && (await openTunnel(proxy, { host, port }, deadline));
  if (tunnel !== undefined && !secure) return tunnel;
  return await new Promise((resolve, reject) => {
    let stage: ExchangeStage = tunnel === undefined ? 'connecting' : 'securing';

    // A literal address has no name to send in the handshake (RFC 6066, section 3).
    const name = { ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca }) };
    const way = tunnel === undefined ? { host, port } : { host, socket: tunnel };
    const socket = secure ? connectTls({ ...way, ...name }) : connectTcp({ host, port });
    const fail = (code: string, detail: string): void => {
      deadline.removeEventListener('abort', onDeadline);
      reject(new ExchangeError(stage, code, detail));
      socket.destroy();
    };
    const onDeadline = (): void => fail('DEADLINE', String(deadline.reason));
    deadline.addEventListener('abort', onDeadline);
    // It stays for good: an error between this and the next listener must not end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ERROR', error.code ?? error.name));
    socket.once('close', () => {
      tunnel?.destroy();
      fail('CLOSED', 'the connection was closed before it was ready');
    });
    socket.once('connect', () => (stage = 'securing'));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      deadline.removeEventListener('abort', onDeadline);
      resolve(socket);
    });
  });
}
