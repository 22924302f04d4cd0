import axios, { type AxiosInstance } from 'axios';
import { encodeRequest, formatTime } from '@vestibule/envelope';
import type { Signer } from '@vestibule/signer';
import { exchangeAdapter } from './axios-adapter.js';
import { classifyAnswer, classifyFailure } from './classify.js';
import { ExchangeError } from './exchange.error.js';
import type { CallOutcome, CallResult } from './outcome.js';

/** The connection to Тройка Бизнес, as agreed at onboarding (contract, "Transport and envelope"). */
export interface TroikaClientOptions {
  readonly url: string;
  readonly basicUser: string;
  readonly basicPassword: string;
  /** `head.phone`: the API user name. */
  readonly apiPhone: string;
  readonly terminalId: string;
  readonly languageId: string;
  readonly timeFormat: 'sample' | 'atom';
  readonly signer: Signer;
  /** Over a whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** `application/version (module version)`. */
  readonly userAgent: string;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
const CONTENT_TYPE = 'application/json';

/** Calls the methods of Тройка Бизнес, once each: whoever calls decides about repeating. */
export class TroikaClient {
  private readonly http: AxiosInstance;
  private readonly url: URL;

  constructor(private readonly options: TroikaClientOptions) {
    this.url = new URL(options.url);
    const credentials = Buffer.from(`${options.basicUser}:${options.basicPassword}`).toString('base64');
    this.http = axios.create({
      adapter: exchangeAdapter,
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
      maxContentLength: MAX_ANSWER_BYTES,
      timeout: options.timeoutMs,
      headers: {
        common: {
          Accept: CONTENT_TYPE,
          'Accept-Encoding': 'identity',
          'User-Agent': options.userAgent,
          Authorization: `Basic ${credentials}`,
        },
        post: { 'Content-Type': CONTENT_TYPE },
      },
    });
  }

  /**
   * Sends one request: encoded once, with a time of its own; those bytes signed; those bytes sent.
   *
   * @param type the method, `head.type`
   * @param body its parameters in the order they are to be written; `undefined` leaves the key out
   * @returns what is known of the outcome; it does not throw for anything the network or the partner does
   */
  async call(type: string, body: object | undefined): Promise<CallResult> {
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    const now = new Date();
    const { terminalId, languageId, apiPhone: phone, timeFormat } = this.options;
    const bytes = encodeRequest({ type, terminalId, languageId, phone, time: formatTime(now, timeFormat) }, body);
    let signed: Awaited<ReturnType<Signer['sign']>>;
    try {
      signed = await this.options.signer.sign({
        method: 'POST',
        path: this.url.pathname,
        query: this.url.search.slice(1),
        contentType: CONTENT_TYPE,
        body: bytes,
        date: now,
      });
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'the signer failed';
      return { kind: 'not-sent', reason: 'signing-failed', detail, durationMs: elapsed() };
    }
    const outcome = await this.exchange(bytes, signed.headers);
    return { ...outcome, durationMs: elapsed(), keyId: signed.keyId };
  }

  private async exchange(bytes: Buffer, headers: Record<string, string>): Promise<CallOutcome> {
    try {
      const { status, headers: answered, data } = await this.http.post<Buffer>(this.url.href, bytes, { headers });
      return classifyAnswer({ status, headers: answered as Record<string, string>, body: data });
    } catch (error) {
      if (error instanceof ExchangeError) return classifyFailure(error);
      // A bug of ours or of axios: nothing says how far it came. The error itself may hold credentials.
      return { kind: 'unknown', reason: 'exchange-failed', detail: error instanceof Error ? error.name : 'an error' };
    }
  }
}
