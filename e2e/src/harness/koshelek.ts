import { expect } from '@jest/globals';

const CONTENT_TYPE = 'application/json; charset=utf-8;';

export interface KoshelekAnswer {
  readonly status: number;
  readonly text: string;
  /** The parsed body; `undefined` for an empty one. */
  readonly json: unknown;
  /** The code of an error; `undefined` for anything else. */
  readonly code: string | undefined;
}

export interface KoshelekRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Acts as Кошелёк: calls the loyalty API, and checks the contract's general rules on every answer. */
export interface Koshelek {
  get(path: string): Promise<KoshelekAnswer>;
  send(verb: 'PUT' | 'POST', path: string, body: unknown): Promise<KoshelekAnswer>;
  /** Anything else; the form of the answer is still checked. */
  request(path: string, init: KoshelekRequest): Promise<KoshelekAnswer>;
}

/** @param url the gateway's public listener, with its base path if it has one */
export function koshelek(url: string): Koshelek {
  const request = async (path: string, init: KoshelekRequest): Promise<KoshelekAnswer> => {
    const response = await fetch(`${url}/v1${path}`, {
      ...init,
      headers: { authorization: `Basic ${btoa('wallet:test-wallet-password')}`, ...init.headers },
    });
    const text = await response.text();
    expectContractForm(response.status, response.headers.get('content-type'), text);
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, text, json, code: (json as { code?: string } | undefined)?.code };
  };
  return {
    get: (path) => request(path, {}),
    send: (verb, path, body) =>
      request(path, { method: verb, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    request,
  };
}

/** The rules for every answer: the status, the exact Content-Type, and nothing but strings, objects and arrays. */
export function expectContractForm(status: number, contentType: string | null, text: string): void {
  expect([200, 401, 422]).toContain(status);
  expect(contentType).toBe(CONTENT_TYPE);
  if (text === '') {
    expect(status).toBe(200);
    return;
  }
  const body: unknown = JSON.parse(text);
  expect(elementaryValues(body).filter((value) => typeof value !== 'string')).toEqual([]);
  if (status !== 200) expect(body).toEqual({ code: expect.any(String), description: expect.stringMatching(/[а-яё]/i) });
}

/** Everything in a JSON value that is neither an object nor an array. */
function elementaryValues(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(elementaryValues) : [value];
}
