import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ExchangeError, type ExchangeStage } from './exchange.error.js';

/** Aborted when the time is up; its reason is the text for people. */
export type Deadline = AbortSignal;

/**
 * Opens a connection of its own and waits until it is ready for the first byte: TCP is up and, for `https:`, the
 * certificate is accepted. Nothing of the request exists on this socket yet, so a failure here means that nothing was
 * sent.
 *
 * @param ca certificates in PEM that are trusted instead of the system's
 * @throws ExchangeError with stage `connecting` or `securing`; the socket is closed then
 */
export function openConnection(url: URL, ca: string | undefined, deadline: Deadline): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port || (secure ? 443 : 80));
    let stage: ExchangeStage = 'connecting';

    // A literal address has no name to send in the handshake (RFC 6066, section 3).
    const socket = secure
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca }) })
      : connectTcp({ host, port });
    const fail = (code: string, detail: string): void => {
      deadline.removeEventListener('abort', onDeadline);
      reject(new ExchangeError(stage, code, detail));
      socket.destroy();
    };
    const onDeadline = (): void => fail('DEADLINE', String(deadline.reason));
    deadline.addEventListener('abort', onDeadline);
    // It stays for good: an error between this and the next listener must not end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ERROR', error.code ?? error.name));
    socket.once('close', () => fail('CLOSED', 'the connection was closed before it was ready'));
    socket.once('connect', () => (stage = 'securing'));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      deadline.removeEventListener('abort', onDeadline);
      resolve(socket);
    });
  });
}
