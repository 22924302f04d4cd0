import { ORDERS_KEY } from '../harness/gateway.js';
import type { Answer } from './http-connection.js';
import { seededRandom, type Workload } from './workload.js';

/** One answer in so many is parsed and compared field by field; of each the status is checked. */
const SAMPLE = 50;

/** New orders, each with an idempotency key of its own. */
export function orderAcceptWorkload(seed: number): Workload {
  const random = seededRandom(seed);
  const prefix = `bench-${process.pid}-${seed}`;
  let count = 0;
  return {
    next: () => {
      count += 1;
      const sampled = count % SAMPLE === 0;
      const order = orderText(Math.floor(random() * 1e10));
      const body = `{"order":${order},"reference":"bench-${count}"}`;
      const head = [
        'POST /orders HTTP/1.1',
        'Host: 127.0.0.1',
        `Authorization: Bearer ${ORDERS_KEY.secret}`,
        `Idempotency-Key: ${prefix}-${count}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
      ];
      return {
        bytes: Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`),
        check: (answer) =>
          answer.status !== 202
            ? `status ${answer.status} instead of 202: ${answer.body.toString()}`
            : sampled
              ? checkOrder(answer, order)
              : undefined,
      };
    },
  };
}

/** The vendor's own example, with a card number of its own. */
function orderText(card: number): string {
  const cardNumber = String(card).padStart(10, '0');
  return (
    `{"orderData":[{"cardNumber":"${cardNumber}","currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],` +
    '"phone":"+71044826548"}'
  );
}

const SHAPE =
  /^\{"id":"([0-9a-f-]{36})","status":"accepted","reference":"bench-\d+",(?:"nextAttemptAt":null,"retryCause":null,"placedBy":"shop",)?"order":/;
const TAIL =
  /,"troika":\{"orderId":null,"totalAmount":null,"resultCode":null,"resultMessage":null\},"attempts":0,"tickets":\[\],"createdAt":"[-0-9T:.]+Z","updatedAt":"[-0-9T:.]+Z"\}$/;

function checkOrder({ head, body }: Answer, order: string): string | undefined {
  const text = body.toString();
  const id = SHAPE.exec(text)?.[1];
  if (id === undefined || !text.includes(`"order":${order},`) || !TAIL.test(text)) return `not the order: ${text}`;
  if (!head.toLowerCase().includes(`\r\nlocation: /orders/${id}`)) return `no Location of the order: ${head}`;
  return undefined;
}
