import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PartnerCall {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
}

/** A Тройка Бизнес over real HTTP whose answers a test provides. */
export interface AnsweringPartner {
  readonly url: string;
  readonly calls: readonly PartnerCall[];
  close(): Promise<void>;
}

/** The text of an answer with resultCode 0. @param body JSON, or undefined for an answer without one */
export const okAnswer = (body?: string): string =>
  `{"message":{"head":{"resultCode":0,"resultMessage":"OK"}${body === undefined ? '' : `,"body":${body}`}}}`;

/**
 * Gives the text of an answer by the name of the method, or answers by itself and gives undefined; a question that no
 * one answers gets an empty dictionary.
 */
export type PartnerAnswer = (call: PartnerCall, response: ServerResponse) => string | undefined;

export async function openAnsweringPartner(answer: PartnerAnswer): Promise<AnsweringPartner> {
  const calls: PartnerCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString('utf8');
      const call = { method: /"type":"(\w+)"/.exec(rawBody)?.[1] ?? '', headers: request.headers, rawBody };
      calls.push(call);
      const text = answer(call, response);
      if (text !== undefined) response.end(text);
      else if (!response.headersSent) response.end(okAnswer('{}'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    close: async () => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}
