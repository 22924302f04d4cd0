import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';
import { type JsonObject, decodeAnswer } from '@vestibule/envelope';
import { type Signer, createSigner, parseSignatureProfile } from '@vestibule/signer';
import { type Sandbox, type SandboxOptions, startSandbox } from '../start-sandbox.js';

/** The vendor's example request, byte for byte: 299 bytes (troika-business.md, "Vectors"). */
export const EXAMPLE_REQUEST =
  '{"message":{"head":{"type":"app_create_order","terminalId":"bus_f78a8a6aa7fb3d5","languageId":"ru","phone":"+73946027654","time":"2022-04-22 00:21:02 +03:00"},"body":{"orderData":[{"cardNumber":"1234567890","currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}}}';

export const EXAMPLE_ORDER = (JSON.parse(EXAMPLE_REQUEST) as { message: { body: ExampleOrder } }).message.body;

interface ExampleOrder extends Record<string, unknown> {
  orderData: Record<string, unknown>[];
}

const HEAD = {
  terminalId: 'bus_f78a8a6aa7fb3d5',
  languageId: 'ru',
  phone: '+73946027654',
  time: '2022-04-22 00:21:02 +03:00',
};

const KEY = { text: 'test-key' };

/** The answer over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The answer, read as an envelope. */
export interface Answer {
  readonly status: number;
  readonly resultCode: number;
  readonly resultMessage: string;
  readonly body: JsonObject | undefined;
}

/** How a request differs from a right one; null leaves a header out. */
export interface Changes {
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly head?: Readonly<Record<string, unknown>>;
  readonly path?: string;
}

/** Starts a stand-in on a free port of the loopback. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({
    host: '127.0.0.1',
    port: 0,
    basicUser: 'user',
    basicPassword: 'pass:word',
    apiPhone: HEAD.phone,
    terminalId: HEAD.terminalId,
    signature: { profile: profileOf('hmac-sha1:hex'), keys: [KEY] },
    firstOrderId: 228_422,
    ...options,
  });
}

export function profileOf(text: string, template?: string) {
  const parsed = parseSignatureProfile(text, template === undefined ? {} : { template });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.profile;
}

/** A caller of the stand-in whose requests are correct by default. */
export class PartnerClient {
  private readonly url: string;

  constructor(
    sandbox: Pick<Sandbox, 'url'>,
    private readonly signer: Signer = createSigner(profileOf('hmac-sha1:hex'), [KEY]),
  ) {
    this.url = sandbox.url;
  }

  /** Calls a method with a body and reads the envelope of the answer. */
  async call(type: string, body: unknown = {}, changes: Changes = {}): Promise<Answer> {
    const head = { type, ...HEAD, ...changes.head };
    return this.envelope(JSON.stringify({ message: { head, body } }), changes);
  }

  /** Sends a text unchanged, signed, and reads the envelope of the answer. */
  async envelope(text: string | Buffer, changes: Changes = {}): Promise<Answer> {
    const { status, text: received } = await this.send(text, changes);
    const decoded = decodeAnswer(Buffer.from(received));
    if (!decoded.ok) throw new Error(`the answer is not an envelope: ${decoded.error.detail}`);
    const { resultCode, resultMessage, body } = decoded.answer;
    return { status, resultCode, resultMessage, body };
  }

  /** Sends a text unchanged, signed, on a new connection. */
  async send(text: string | Buffer, changes: Changes = {}): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      this.open(text, changes).then((started) => {
        started.on('error', reject);
        started.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        });
      }, reject);
    });
  }

  /** Starts a request and returns it, for a test that aborts it. */
  async open(text: string | Buffer, changes: Changes = {}): Promise<ClientRequest> {
    const body = Buffer.from(text);
    const url = new URL(changes.path ?? '/', this.url);
    const signed = await this.signer.sign({
      method: 'POST',
      path: url.pathname,
      query: url.search.slice(1),
      contentType: 'application/json',
      body,
      date: new Date(),
    });
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Test/1.0 (Suite 2.0)',
      authorization: `Basic ${Buffer.from('user:pass:word').toString('base64')}`,
      ...lowerCase(signed.headers),
      ...changes.headers,
    };
    const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
    const started = request(url, { method: 'POST', agent: false, headers: Object.fromEntries(present) });
    started.end(body);
    return started;
  }
}

/** What `GET /_control/orders` answers for one order. */
export interface ExecutedEntry {
  orderId: number;
  receivedAt: string;
  totalAmount: number;
  signatureVerified: boolean;
  fault: string;
  tickets: { orderTariffId: number; status: string }[];
  body: unknown;
  rawBody: string;
}

/** A caller of the control API. */
export async function control(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return fetch(new URL(`/_control${path}`, sandbox.url), { method, headers, ...sent });
}

export async function executedOrders(sandbox: Sandbox): Promise<ExecutedEntry[]> {
  const response = await control(sandbox, 'GET', '/orders');
  return (await response.json()) as ExecutedEntry[];
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
