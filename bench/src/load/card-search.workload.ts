import { CONTENT_TYPE, encodeCard } from '@vestibule/koshelek-contract';
import { CREDENTIALS } from '../harness/gateway.js';
import { memberAt, MEMBERS, strangerAt } from '../members.js';
import type { Answer } from './http-connection.js';
import { seededRandom, type Call, type Workload } from './workload.js';

/** One in ten asks for an unknown phone. */
const NOT_FOUND_SHARE = 0.1;

/** Searches by phone, over all members in random order; every answer is compared byte for byte. */
export function cardSearchWorkload(seed: number): Workload {
  const random = seededRandom(seed);
  const known = Array.from({ length: MEMBERS }, (_, place) => searchFor(place));
  const unknown = Array.from({ length: MEMBERS * NOT_FOUND_SHARE }, (_, place) => searchCall(strangerAt(place), ''));
  return {
    next: () => {
      const calls = random() < NOT_FOUND_SHARE ? unknown : known;
      return calls[Math.floor(random() * calls.length)] as Call;
    },
  };
}

/**
 * Searches by phone, every one with a hit, over the first so many members: so many that their calls are made on the
 * way, which takes the same time however many there are.
 */
export function cardSearchGrowthWorkload(seed: number, members: number): Workload {
  const random = seededRandom(seed);
  return { next: () => searchFor(Math.floor(random() * members)) };
}

function searchFor(place: number): Call {
  const { msisdn, cardNumber } = memberAt(place);
  const barcode = { barcodeNumber: cardNumber, barcodeType: 'EAN_13' } as const;
  return searchCall(msisdn, encodeCard({ cardNumber, cardState: 'active', barcode }));
}

function searchCall(msisdn: string, expected: string): Call {
  const authorization = Buffer.from(`${CREDENTIALS.login}:${CREDENTIALS.password}`).toString('base64');
  const head = [
    `GET /v1/card?msisdn=${msisdn} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Basic ${authorization}`,
    'Accept: application/json',
  ];
  const body = Buffer.from(expected);
  return {
    bytes: Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
    check: (answer) => checkAnswer(answer, body),
  };
}

const TYPE_LINE = `\r\ncontent-type: ${CONTENT_TYPE}\r\n`;

function checkAnswer({ status, head, body }: Answer, expected: Buffer): string | undefined {
  if (status !== 200) return `status ${status} instead of 200: ${body.toString()}`;
  if (!body.equals(expected)) return `body ${body.toString()} instead of ${expected.toString()}`;
  if (!`${head}\r\n`.toLowerCase().includes(TYPE_LINE)) return `another Content-Type: ${head}`;
  return undefined;
}
