import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the partner answers to one question about an order. */
export interface PartnerAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole text; an order with one pending ticket unless given. */
  readonly text?: string;
}

/** One question, in the order in which they came. */
export interface Question {
  readonly troikaOrderId: string;
  readonly atMs: number;
}

/** A small Тройка Бизнес that only answers polls, and records their times. */
export interface AskedPartner {
  readonly url: string;
  readonly questions: readonly Question[];
  /** Orders that were polled again while the first poll was still open. */
  readonly overlaps: readonly string[];
  answer: (troikaOrderId: string) => PartnerAnswer | Promise<PartnerAnswer>;
  close(): Promise<void>;
}

/** The answer of app_get_order. */
export function orderAnswer(troikaOrderId: string, ...lines: readonly object[]): PartnerAnswer {
  const orderData = lines.map((line, index) => ({ orderTariffId: Number(troikaOrderId) * 10 + index, ...line }));
  const body = { id: Number(troikaOrderId), totalAmount: 1500, orderData };
  return { text: JSON.stringify({ message: { head: { resultCode: 0, resultMessage: 'OK' }, body } }) };
}

export function refusal(resultCode: number): PartnerAnswer {
  return { text: JSON.stringify({ message: { head: { resultCode, resultMessage: 'Нет такого заказа' } } }) };
}

export async function startAskedPartner(port = 0): Promise<AskedPartner> {
  const questions: Question[] = [];
  const overlaps: string[] = [];
  const open = new Set<string>();
  const partner = { answer: (id: string): PartnerAnswer | Promise<PartnerAnswer> => orderAnswer(id, { used: false }) };
  const server = createServer((request, response) => {
    const atMs = performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const troikaOrderId = /"body":\{"id":(\d+)/.exec(Buffer.concat(chunks).toString())?.[1] ?? '';
      questions.push({ troikaOrderId, atMs });
      if (open.has(troikaOrderId)) overlaps.push(troikaOrderId);
      open.add(troikaOrderId);
      void Promise.resolve(partner.answer(troikaOrderId)).then(({ status = 200, headers = {}, text = '' }) => {
        open.delete(troikaOrderId);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(partner, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    questions,
    overlaps,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
