import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens but never accepts: the thread sleeps until it is ended. */
const SLEEPING_LISTENER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** More connections than any system queues for a backlog of 1. */
const WAITING = 8;

/**
 * A loopback port that answers no SYN: its listener never accepts and its backlog is full, so the kernel ignores
 * further SYNs.
 */
export async function openBlackHole(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const listener = new Worker(SLEEPING_LISTENER, { eval: true });
  const [port] = (await once(listener, 'message')) as [number];
  // On loopback a SYN is dealt with while connect() runs, so these are in the queue before any later one.
  const waiting: Socket[] = Array.from({ length: WAITING }, () => connect({ port, host: '127.0.0.1' }));
  for (const socket of waiting) socket.on('error', () => socket.destroy());
  await Promise.any(waiting.map((socket) => once(socket, 'connect')));
  return {
    port,
    close: async () => {
      for (const socket of waiting) socket.destroy();
      await listener.terminate();
    },
  };
}
