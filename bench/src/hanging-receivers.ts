import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Receivers of callbacks that hang, and a name server that says nothing, on one port: it takes every connection and every
 * question, and answers none.
 */
const port = Number(process.env['PORT']);
createSocket('udp4').bind(port, '127.0.0.1');
createServer((socket) => void socket.resume().on('error', () => undefined)).listen(port, '127.0.0.1');
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
