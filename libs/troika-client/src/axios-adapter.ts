import { AxiosHeaders, type AxiosAdapter, type AxiosResponse } from 'axios';
import { exchange, type ExchangeRequest } from './exchange.js';

type ExchangeSettings = Pick<ExchangeRequest, 'ca' | 'proxy' | 'secret' | 'maySend' | 'interrupted'>;

/**
 * Lets axios send through our own exchange, which knows whether a byte of the request may have left; axios's own
 * adapter does not know that, follows redirects and reuses sockets. Failures are thrown as `ExchangeError`, not as an
 * `AxiosError`, because the latter carries the credentials in its `config`.
 *
 * The request's `data` must be the finished bytes: axios would serialise anything else a second time.
 */
export function exchangeAdapter({ ca, proxy, secret, maySend, interrupted }: ExchangeSettings): AxiosAdapter {
  return async (config): Promise<AxiosResponse> => {
    if (!Buffer.isBuffer(config.data)) throw new TypeError('the body of a call must be the bytes that were signed');
    const answer = await exchange({
      url: new URL(config.url ?? ''),
      headers: toPlainHeaders(config.headers),
      body: config.data,
      deadlineMs: config.timeout ?? 0,
      maxAnswerBytes: config.maxContentLength ?? 0,
      ca,
      proxy,
      secret,
      maySend,
      interrupted,
    });
    return {
      status: answer.status,
      statusText: '',
      headers: new AxiosHeaders(answer.headers as Record<string, string>),
      data: answer.body,
      config,
    };
  };
}

function toPlainHeaders(headers: AxiosHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers.toJSON()))
    if (value !== null && value !== undefined) plain[name] = String(value);
  return plain;
}
