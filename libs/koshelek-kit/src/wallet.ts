import {
  isAvailable,
  LOYALTY_METHODS,
  type KoshelekApiVersion,
  type LoyaltyMethod,
} from '@vestibule/koshelek-contract';
import type { Exchange, RawHeader, ReceivedAnswer } from './exchange.js';
import { sendHttp } from './http-call.js';

/** The server under test, and how to call it. */
export interface Target {
  /** The part before `/v1`; it may include a path. */
  readonly baseUrl: URL;
  readonly login: string;
  readonly password: string;
  /** The version agreed with the server: later methods are not expected of it. */
  readonly apiVersion: KoshelekApiVersion;
  /** How long one call may take. */
  readonly timeoutMs: number;
  /** Ends the run: each call from then on has no answer. */
  readonly signal?: AbortSignal;
}

export type Credentials =
  'right' | 'none' | 'wrong-login' | 'wrong-password' | 'wrong-both' | 'lower-case-scheme' | 'several-blanks';

export interface CallInput {
  readonly cardNumber?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: Buffer;
  /** Another verb than the contract's first one. */
  readonly verb?: string;
  /** Of a call without a body as well, where it is given. */
  readonly contentType?: string;
  readonly credentials?: Credentials;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HIDDEN = '***';

/** Calls as Кошелёк does: the methods of the contract's table. It records every call and its answer. */
export class Wallet {
  private readonly exchanges: Exchange[] = [];

  constructor(readonly target: Target) {}

  /** All exchanges so far, in order. */
  get journal(): readonly Exchange[] {
    return this.exchanges;
  }

  /** Whether a method exists in the version that was agreed. */
  offers(method: number): boolean {
    return isAvailable(methodOf(method), this.target.apiVersion);
  }

  /** Calls a method of the contract by its number. */
  call(method: number, input: CallInput = {}): Promise<Exchange> {
    const { path, verbs } = methodOf(method);
    const filled = path.replace('{cardNumber}', encodeURIComponent(input.cardNumber ?? ''));
    return this.send(method, input.verb ?? verbs[0] ?? 'GET', filled, input);
  }

  /** Calls an address below `/v1` that no method has. */
  callElsewhere(verb: string, path: string, input: CallInput = {}): Promise<Exchange> {
    return this.send(undefined, verb, path, input);
  }

  private async send(method: number | undefined, verb: string, path: string, input: CallInput): Promise<Exchange> {
    const { baseUrl, timeoutMs, signal } = this.target;
    const { credentials = 'right', query = {} } = input;
    const url = new URL(baseUrl);
    const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    url.pathname = `${baseUrl.pathname.replace(/\/$/, '')}/v1${path}`;
    url.search = search.length === 0 ? '' : `?${search.join('&')}`;

    const body = input.body ?? (input.json === undefined ? undefined : Buffer.from(JSON.stringify(input.json)));
    const headers: RawHeader[] = [['Accept', 'application/json']];
    if (body !== undefined) {
      headers.push(['Content-Type', input.contentType ?? JSON_TYPE], ['Content-Length', String(body.length)]);
    } else if (input.contentType !== undefined) headers.push(['Content-Type', input.contentType]);
    const authorization = this.authorization(credentials);
    const started = performance.now();
    const answer = await sendHttp({
      verb,
      url,
      headers: authorization === undefined ? headers : [...headers, ['Authorization', authorization]],
      body,
      timeoutMs,
      signal,
    });
    const exchange: Exchange = {
      request: {
        method,
        verb,
        target: url.pathname + url.search,
        headers: authorization === undefined ? headers : [...headers, ['Authorization', hideToken(authorization)]],
        body: body?.toString('utf8') ?? '',
      },
      answer: this.withoutSecrets(answer),
      unauthorised: credentials !== 'right',
      durationMs: Math.round(performance.now() - started),
    };
    this.exchanges.push(exchange);
    return exchange;
  }

  private authorization(credentials: Credentials): string | undefined {
    const { login, password } = this.target;
    const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
    switch (credentials) {
      case 'right':
        return basic(`${login}:${password}`);
      case 'none':
        return undefined;
      case 'wrong-login':
        return basic(`not-${login}:${password}`);
      case 'wrong-password':
        return basic(`${login}:not-${password}`);
      case 'wrong-both':
        return basic(`not-${login}:not-${password}`);
      case 'lower-case-scheme':
        return basic(`${login}:${password}`).replace('Basic', 'basic');
      case 'several-blanks':
        return basic(`${login}:${password}`).replace(' ', '   ');
    }
  }

  /** A server that echoes its caller's password would put it into the reports. */
  private withoutSecrets(answer: ReceivedAnswer): ReceivedAnswer {
    const { login, password } = this.target;
    const token = Buffer.from(`${login}:${password}`).toString('base64');
    const secrets = [token, password].filter((secret) => secret.length >= 4);
    const hide = (text: string): string => secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
    const holdsOne = secrets.some((secret) => answer.body.includes(secret));
    return {
      ...answer,
      headers: answer.headers.map(([name, value]) => [name, hide(value)]),
      body: holdsOne ? Buffer.from(hide(answer.body.toString('utf8'))) : answer.body,
    };
  }
}

/** The row of the contract's table. */
export function methodOf(number: number): LoyaltyMethod {
  const method = LOYALTY_METHODS.find((row) => row.number === number);
  if (method === undefined) throw new RangeError(`the contract has no method ${number}`);
  return method;
}

function hideToken(authorization: string): string {
  return `${authorization.split(' ', 1)[0] ?? ''} ${HIDDEN}`;
}
