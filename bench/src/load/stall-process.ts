import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does to a public listener what strangers can do, in a process of its own: from a job until the message `end`. It says
 * `begun` once every connection was open, and answers when all are closed.
 */
export interface StallJob {
  readonly port: number;
  /** `login:password`, for the callers who get in and then do not read or write. */
  readonly credentials: string;
  readonly stalled: number;
  readonly pipelining: number;
  readonly guessesPerSecond: number;
}
export type StallAnswer = 'begun' | { readonly guesses: number; readonly refusals: number; readonly pipelines: number };

/** As many as fit into what Node reads at once. */
const PIPELINE = Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(3_640));
const GUESS = `GET /v1/card?msisdn=79160000000 HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${btoa('koshelek:wrong')}\r\n\r\n`;
/** Beyond what one address may have they come from several. */
const PER_ADDRESS = 250;
const GUESS_EVERY_MS = 10;
/** After so long a connection that was closed is opened again. */
const AGAIN_MS = 1_000;

process.on('message', (message: StallJob | 'end') => {
  if (message === 'end') end();
  else void begin(message);
});
process.once('disconnect', () => process.exit());

const sockets = new Set<Socket>();
let isOn = false;
let timer: NodeJS.Timeout | undefined;
let counts = { guesses: 0, refusals: 0, pipelines: 0 };

async function begin({ port, credentials, stalled, pipelining, guessesPerSecond }: StallJob): Promise<void> {
  isOn = true;
  counts = { guesses: 0, refusals: 0, pipelines: 0 };
  const open = (address: number, bytes: string | Buffer, onClose: () => void): Socket => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${address}` });
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).write(bytes);
    return socket.once('close', () => {
      sockets.delete(socket);
      if (isOn) onClose();
    });
  };
  const again = (repeat: () => void): void => void setTimeout(() => isOn && repeat(), AGAIN_MS);
  const authorization = `Authorization: Basic ${btoa(credentials)}\r\n`;
  const body = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"code":';
  // Idle ones, half of the headers, half of a body with a password and without one, answers that are not read.
  const kinds: readonly string[] = [
    '',
    'GET /v1/card?msisdn=7916',
    `POST /v1/promo/code HTTP/1.1\r\n${authorization}${body}`,
    `POST /v1/promo/code HTTP/1.1\r\n${body}`,
    `GET /v1/card?msisdn=79160000000 HTTP/1.1\r\nHost: x\r\n${authorization}\r\n`.repeat(4),
  ];
  const stall = (at: number): void => {
    open(2 + Math.floor(at / PER_ADDRESS), kinds[at % kinds.length] ?? '', () => again(() => stall(at))).pause();
  };
  for (let at = 0; at < stalled; at += 1) {
    stall(at);
    if (at % 100 === 0) await delay(10);
  }
  const pipeline = (): void => {
    counts.pipelines += 1;
    open(250, PIPELINE, () => again(pipeline)).resume();
  };
  for (let at = 0; at < pipelining; at += 1) pipeline();
  const guess = (): void => {
    counts.guesses += 1;
    open(251, GUESS, () => undefined).once('data', () => (counts.refusals += 1));
  };
  let due = 0;
  timer = setInterval(() => {
    for (due += (guessesPerSecond * GUESS_EVERY_MS) / 1_000; due >= 1; due -= 1) guess();
  }, GUESS_EVERY_MS);
  process.send?.('begun' satisfies StallAnswer);
}

function end(): void {
  isOn = false;
  clearInterval(timer);
  for (const socket of sockets) socket.destroy();
  process.send?.(counts satisfies StallAnswer);
}
