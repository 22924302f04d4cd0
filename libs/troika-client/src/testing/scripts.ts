import type { Socket } from 'node:net';
import { rawAnswer } from './answers.js';

/** Writes the bytes given one by one, then spaces until the client closes. */
export function dripping(bytes: Buffer): (socket: Socket) => void {
  return (socket) => {
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(bytes.subarray(sent, sent + 1).toString('latin1') || ' ', 'latin1');
      sent += 1;
    }, 5);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Writes the head of an answer and then zeros as fast as they are taken, without end. */
export function flooding(head: Parameters<typeof rawAnswer>[0]): (socket: Socket) => void {
  const block = Buffer.alloc(64 * 1024, '0');
  return (socket) => {
    const pour = (): void => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    socket.write(rawAnswer(head));
    pour();
  };
}
