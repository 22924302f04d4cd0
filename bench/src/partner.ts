import { createServer } from 'node:http';

/**
 * A partner that costs nothing: it answers every request at once with a paid order. A process of its own,
 * so that its time is not counted as the gateway's. Every order has an id of its own: one that another order has already
 * is no confirmation.
 */
let lastId = Date.now();

function answer(): string {
  lastId += 1;
  return `{"message":{"head":{"type":"app_create_order","resultCode":0,"resultMessage":"OK"},"body":{"id":${lastId},"totalAmount":1500}}}`;
}

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const text = answer();
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(text.length) }).end(text);
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
