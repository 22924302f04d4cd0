import { connect, type Socket } from 'node:net';

/** One answer as it came. */
export interface Answer {
  readonly status: number;
  /** The status line and the headers, as they came. */
  readonly head: string;
  readonly body: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One keep-alive connection that has one request in progress at a time. It is written on the bare socket, because on a
 * machine of few cores a whole HTTP client would take from the servers the time it is meant to measure. It reads only
 * answers with a Content-Length; any other is an error, not a result.
 */
export class HttpConnection {
  private received: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly socket: Socket,
    private readonly onAnswer: (answer: Answer) => void,
    private readonly onError: (error: Error) => void,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', onError);
    socket.on('end', () => onError(new Error('the server closed a connection that was to be kept')));
  }

  /** @param onAnswer gets each answer; it sends the next request, or closes */
  static open(
    port: number,
    onAnswer: (connection: HttpConnection, answer: Answer) => void,
    onError: (error: Error) => void,
  ): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        const connection: HttpConnection = new HttpConnection(
          socket,
          (answer) => onAnswer(connection, answer),
          onError,
        );
        resolve(connection);
      });
    });
  }

  send(request: Buffer): void {
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf(HEAD_END);
    if (end === -1) return;
    const head = this.received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.onError(new Error(`an answer without Content-Length: ${head}`));
      return;
    }
    const whole = end + HEAD_END.length + Number(length);
    if (this.received.length < whole) return;
    if (this.received.length > whole) {
      this.onError(new Error('more bytes came than one answer has'));
      return;
    }
    const body = this.received.subarray(end + HEAD_END.length);
    this.received = Buffer.alloc(0);
    this.onAnswer({ status: Number(head.slice(9, 12)), head, body });
  }
}
