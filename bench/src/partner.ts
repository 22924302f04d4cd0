import { createServer } from 'node:http';

/**
 * A partner that costs nothing: it answers every request at once with a paid order. A process of its own,
 * so that its time is not counted as the gateway's.
 */
const ANSWER = Buffer.from(
  '{"message":{"head":{"type":"app_create_order","resultCode":0,"resultMessage":"OK"},"body":{"id":4812345,"totalAmount":1500}}}',
);
const HEADERS = { 'Content-Type': 'application/json', 'Content-Length': String(ANSWER.length) };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, HEADERS).end(ANSWER));
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
