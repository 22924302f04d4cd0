import { create as createAxios, type AxiosInstance } from 'axios';
import { encodeRequest, formatTime, type TimeFormat } from '@vestibule/envelope';
import { SignatureError, type SignedHeaders, type Signer } from '@vestibule/signer';
import { exchangeAdapter } from './axios-adapter.js';
import { classifyAnswer, classifyFailure } from './classify.js';
import { ExchangeError } from './exchange.error.js';
import type { CallOutcome, CallResult } from './outcome.js';
import type { Proxy } from './proxy-tunnel.js';
import { readRequestId } from './request-id.js';
import { NOT_EXECUTED_STATUSES } from './trusted-statuses.js';

/** The connection to Тройка Бизнес, as agreed at onboarding (troika-business.md, "Envelope"). */
export interface TroikaClientOptions {
  readonly url: string;
  readonly basicUser: string;
  readonly basicPassword: string;
  /** `head.phone`: the API user name. */
  readonly apiPhone: string;
  readonly terminalId: string;
  readonly languageId: string;
  readonly timeFormat: TimeFormat;
  readonly signer: Signer;
  /** Over a whole exchange – DNS, connect, TLS, headers, body – in milliseconds; a signer has its own limit. */
  readonly timeoutMs: number;
  /** `application/version (module version)`. */
  readonly userAgent: string;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string;
  /** A proxy on the way out, asked for a tunnel. */
  readonly proxy?: Proxy | undefined;
  /** The statuses that say, without a valid envelope, that nothing was executed; those of the RFCs unless given. */
  readonly trustedStatuses?: ReadonlySet<number>;
  /** The clock of `head.time`; the system's unless given. */
  readonly now?: () => Date;
  /** Called with the `Date` header of an answer as soon as it arrives. */
  readonly onDate?: (date: Date) => void;
  /** Aborted when the process ends and calls in progress are not waited for any longer; their outcome says so. */
  readonly interrupted?: AbortSignal | undefined;
}

export interface CallOptions {
  /**
   * Called in the last moment before the first byte leaves, when the request is signed and the connection is ready. A
   * process that was paused and has lost the right to send must not send. The outcome
   * is then `overdue`.
   */
  readonly maySend?: () => boolean;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
const CONTENT_TYPE = 'application/json';

/** Calls the methods of Тройка Бизнес, once each; the caller decides about repeating. */
export class TroikaClient {
  private readonly http: AxiosInstance;
  private readonly url: URL;
  private readonly now: () => Date;
  private readonly credentials: string;

  constructor(private readonly options: TroikaClientOptions) {
    this.url = new URL(options.url);
    this.now = options.now ?? (() => new Date());
    this.credentials = Buffer.from(`${options.basicUser}:${options.basicPassword}`).toString('base64');
    this.http = createAxios({
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
          Authorization: `Basic ${this.credentials}`,
        },
        post: { 'Content-Type': CONTENT_TYPE },
      },
    });
  }

  /**
   * Sends one request: encoded once, with the current time; those bytes are signed and sent.
   *
   * @param type the method, `head.type`
   * @param body its parameters in their order on the wire; `undefined` omits the key
   * @returns the outcome as far as it is known; failures of the network, the signer or the partner are outcomes, never
   *   exceptions
   * @throws TypeError for a body without a JSON form, which is a bug of the caller
   */
  async call(type: string, body: object | undefined, options: CallOptions = {}): Promise<CallResult> {
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    const date = this.now();
    const { terminalId, languageId, apiPhone: phone, timeFormat } = this.options;
    const bytes = encodeRequest({ type, terminalId, languageId, phone, time: formatTime(date, timeFormat) }, body);
    let signed: SignedHeaders;
    try {
      signed = await this.sign(bytes, date);
    } catch (error) {
      return { kind: 'not-sent', reason: 'signing-failed', detail: safeDetail(error), durationMs: elapsed() };
    }
    const outcome = await this.exchange(bytes, signed.headers, options);
    return { ...outcome, durationMs: elapsed(), keyId: signed.keyId };
  }

  private sign(body: Buffer, date: Date): Promise<SignedHeaders> {
    const { pathname: path, search } = this.url;
    return this.options.signer.sign({
      method: 'POST',
      path,
      query: search.slice(1),
      contentType: CONTENT_TYPE,
      body,
      date,
    });
  }

  private noteDate(header: string | undefined): void {
    if (header === undefined || this.options.onDate === undefined) return;
    const date = new Date(header);
    if (!Number.isNaN(date.getTime())) this.options.onDate(date);
  }

  private async exchange(
    bytes: Buffer,
    headers: Record<string, string>,
    { maySend }: CallOptions,
  ): Promise<CallOutcome & Pick<CallResult, 'requestId'>> {
    const adapter = exchangeAdapter({
      ca: this.options.ca,
      proxy: this.options.proxy,
      secret: this.credentials,
      maySend,
      interrupted: this.options.interrupted,
    });
    try {
      const {
        status,
        headers: answered,
        data,
      } = await this.http.post<Buffer>(this.url.href, bytes, {
        adapter,
        headers,
      });
      const plain = answered as Record<string, string>;
      this.noteDate(plain['date']);
      const trusted = this.options.trustedStatuses ?? NOT_EXECUTED_STATUSES;
      return { ...classifyAnswer({ status, headers: plain, body: data }, trusted), ...namedBy(plain) };
    } catch (error) {
      if (error instanceof ExchangeError) return { ...classifyFailure(error), ...namedBy(error.partial?.headers) };
      // A bug of ours or of axios: how far the exchange came is unknown.
      return { kind: 'unknown', reason: 'exchange-failed', detail: safeDetail(error) };
    }
  }
}

function namedBy(headers: Readonly<Record<string, unknown>> = {}): Pick<CallResult, 'requestId'> {
  const requestId = readRequestId(headers);
  return requestId === undefined ? {} : { requestId };
}

/** The signer's own errors are written without a part of a key; of any other error only the name is safe to show. */
function safeDetail(error: unknown): string {
  if (error instanceof SignatureError) return error.message;
  return error instanceof Error ? error.name : 'an unknown error';
}
