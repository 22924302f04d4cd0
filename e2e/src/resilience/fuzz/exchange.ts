import { connect } from 'node:net';
import { readAnswers, type ReadAnswers } from './read-answers.js';
import type { FuzzedConnection } from './fuzzed-requests.js';

/** What came back on a connection. */
export interface Exchange extends ReadAnswers {
  /** Nothing more came within the limit, and the server kept the connection open. */
  readonly isStuck: boolean;
}

/** More than any of our own time limits for a request that has arrived. */
const LIMIT_MS = 20_000;

/** Writes all pieces, and reads until the server closes, all requests are answered, or the time is up. */
export function exchange(url: string, { pieces, ending, verbs }: FuzzedConnection): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let isStuck = false;
    const limit = setTimeout(() => {
      isStuck = true;
      socket.destroy();
    }, LIMIT_MS);
    const read = (): ReadAnswers => readAnswers(Buffer.concat(received), verbs);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      received.push(chunk);
      if (read().answers.length >= verbs.length) socket.destroy();
    });
    socket.on('end', () => socket.destroy());
    // An answer may come before everything is written, and a reset behind it: what was read counts.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(limit);
      resolve({ ...read(), isStuck });
    });
    const write = (index: number): void => {
      const piece = pieces[index];
      if (socket.destroyed) return;
      if (piece !== undefined) socket.write(piece, () => setImmediate(write, index + 1));
      else if (ending === 'half-close') socket.end();
      else if (ending === 'hang-up') socket.destroy();
    };
    socket.once('connect', () => write(0));
  });
}
