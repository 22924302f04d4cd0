import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';
import { createSigner, parseSignatureProfile } from '@vestibule/signer';
import { TroikaClient } from '@vestibule/troika-client';
import type { MethodName } from '@vestibule/troika-contract';
import { Metrics } from '../metrics/metrics.js';
import { RateLimiter } from '../partner/rate-limiter.js';
import { Partner } from '../partner/partner.js';

/** What each method is answered: the text of an envelope, or `cut` for a connection that breaks. */
export type PartnerScript = Partial<Record<MethodName, string | (() => string)>>;

/** A partner over real HTTP with the answers of a test; it records the requests. */
export interface ScriptedPartner {
  readonly partner: Partner;
  script: PartnerScript;
  /** The bodies it was sent, as they came, by method and in order. */
  asked(method: MethodName): string[];
  close(): Promise<void>;
}

export const CUT = 'cut';

/** An envelope with resultCode 0; without a body unless given. */
export function okEnvelope(body?: string): string {
  return `{"message":{"head":{"resultCode":0,"resultMessage":"OK"}${body === undefined ? '' : `,"body":${body}`}}}`;
}

export function refusalEnvelope(resultCode: number, resultMessage: string): string {
  return JSON.stringify({ message: { head: { resultCode, resultMessage } } });
}

export async function openScriptedPartner(pool: Pool, timeoutMs = 5_000): Promise<ScriptedPartner> {
  const asked: { method: string; body: string }[] = [];
  const scripted = { script: {} as PartnerScript };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const [, method = ''] = /"type":"(\w+)"/.exec(text) ?? [];
      asked.push({ method, body: text.slice(text.indexOf('"body":') + 7, -2) });
      const line = scripted.script[method as MethodName] ?? CUT;
      const answer = typeof line === 'string' ? line : line();
      if (answer === CUT) response.socket?.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = parseSignatureProfile('hmac-sha1:hex');
  if (!profile.ok) throw new Error(profile.error);
  const client = new TroikaClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    basicUser: 'agent',
    basicPassword: 'test-troika-password',
    apiPhone: '+73946027654',
    terminalId: 'bus_f78a8a6aa7fb3d5',
    languageId: 'ru',
    timeFormat: 'sample',
    signer: createSigner(profile.profile, [{ text: 'test-signature-key' }]),
    timeoutMs,
    userAgent: 'Test/1.0 (Suite 1.0)',
  });
  return Object.assign(scripted, {
    partner: new Partner(client, new RateLimiter(pool, 10_000), new Metrics()),
    asked: (method: MethodName) => asked.filter((call) => call.method === method).map(({ body }) => body),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
