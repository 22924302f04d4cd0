import { createServer } from 'node:http';

/** A receiver of traces that keeps nothing. A GET says how many exports it has taken. */
let exports = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.method === 'POST') exports += 1;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(request.method === 'POST' ? '{}' : JSON.stringify({ exports }));
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
