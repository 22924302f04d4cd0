import { createServer } from 'node:http';

/**
 * A partner for polls: it answers that the one ticket of each order is not written yet. It counts what it is
 * called for, and notes when each new order arrived, by the number of its card. A GET gives the counts.
 */

/** What a GET answers; times are the machine's, in milliseconds. */
export interface PartnerCounts {
  readonly at: number;
  readonly polls: number;
  /** When each new order arrived, by its card's number. */
  readonly sent: Readonly<Record<string, number>>;
}

let polls = 0;
const sent: Record<string, number> = {};

const server = createServer((request, response) => {
  const at = Date.now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = request.method === 'GET' ? undefined : Buffer.concat(chunks).toString();
    const answer = text === undefined ? counts() : answerTo(text, at);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  });
});

function counts(): PartnerCounts {
  return { at: Date.now(), polls, sent };
}

function answerTo(text: string, at: number): object {
  const id = /"type":"app_get_order".*"id":(\d+)/.exec(text)?.[1];
  if (id === undefined) {
    const card = /"cardNumber":"(\d+)"/.exec(text)?.[1];
    if (card !== undefined) sent[card] = at;
    return envelope({ id: 900_000_000 + Object.keys(sent).length, totalAmount: 1500 });
  }
  polls += 1;
  return envelope({ id: Number(id), totalAmount: 1500, orderData: [{ orderTariffId: Number(id), used: false }] });
}

function envelope(body: object): object {
  return { message: { head: { resultCode: 0, resultMessage: 'OK' }, body } };
}

server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
