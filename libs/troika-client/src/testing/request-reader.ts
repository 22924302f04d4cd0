/** One request as it was on the wire. */
export interface ReceivedRequest {
  readonly requestLine: string;
  /** Names as they were written, in their order. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';

/** Cuts a stream of bytes into requests, by Content-Length: all requests of our client have it. */
export class RequestReader {
  private rest: Buffer = Buffer.alloc(0);

  /** Gives the requests that are whole with these bytes. */
  read(bytes: Buffer): ReceivedRequest[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const whole: ReceivedRequest[] = [];
    for (;;) {
      const headEnd = this.rest.indexOf(HEAD_END);
      if (headEnd === -1) return whole;
      const [requestLine = '', ...lines] = this.rest.subarray(0, headEnd).toString('latin1').split('\r\n');
      const headers = new Map(
        lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
      );
      const bodyStart = headEnd + HEAD_END.length;
      const bodyEnd = bodyStart + Number(headers.get('Content-Length') ?? 0);
      if (this.rest.length < bodyEnd) return whole;
      whole.push({ requestLine, headers, body: this.rest.subarray(bodyStart, bodyEnd) });
      this.rest = this.rest.subarray(bodyEnd);
    }
  }
}
