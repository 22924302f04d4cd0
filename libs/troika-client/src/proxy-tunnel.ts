import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { ExchangeError } from './exchange.error.js';

/** A proxy on the way out, which is asked for a tunnel (CONNECT, RFC 9110, section 9.3.6). */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** The value of `Proxy-Authorization`; never in a log or a message. */
  readonly authorization?: string;
}

/** An answer to CONNECT is a line and a few headers. */
const MAX_ANSWER_BYTES = 16 * 1024;
const HEAD_END = '\r\n\r\n';

/**
 * Opens a connection to a host through a proxy. The proxy learns only the host and the port: after any failure here,
 * nothing of a request was sent.
 *
 * @param deadline aborted at the time limit
 * @throws ExchangeError with stage `connecting`; the socket is closed then
 */
export function openTunnel(
  proxy: Proxy,
  target: { readonly host: string; readonly port: number },
  deadline: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: proxy.host, port: proxy.port });
    let answer = Buffer.alloc(0);
    const fail = (code: string, detail: string): void => {
      deadline.removeEventListener('abort', onDeadline);
      reject(new ExchangeError('connecting', code, detail));
      socket.destroy();
    };
    const onDeadline = (): void => fail('DEADLINE', String(deadline.reason));
    const onData = (chunk: Buffer): void => {
      answer = Buffer.concat([answer, chunk]);
      const end = answer.indexOf(HEAD_END);
      if (end === -1) {
        if (answer.length > MAX_ANSWER_BYTES) fail('PROXY', 'the proxy gave no valid answer');
        return;
      }
      const [, status] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(answer.toString('latin1')) ?? [];
      if (status?.startsWith('2') !== true) {
        const hint = status === '407' ? ': it wants other credentials' : '';
        fail(
          'PROXY',
          status === undefined ? 'the proxy gave no valid answer' : `the proxy answered HTTP ${status}${hint}`,
        );
        return;
      }
      deadline.removeEventListener('abort', onDeadline);
      socket.off('data', onData);
      const early = answer.subarray(end + HEAD_END.length);
      if (early.length > 0) socket.unshift(early);
      resolve(socket);
    };
    deadline.addEventListener('abort', onDeadline);
    // It stays for good: an error between this and the next listener must not end the process.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      fail('PROXY', `the proxy cannot be reached (${error.code ?? error.name})`),
    );
    socket.once('close', () => fail('PROXY', 'the proxy closed the connection'));
    socket.on('data', onData);
    socket.once('connect', () => socket.write(connectRequest(proxy, target)));
  });
}

function connectRequest(
  { authorization }: Proxy,
  { host, port }: { readonly host: string; readonly port: number },
): string {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`;
}
