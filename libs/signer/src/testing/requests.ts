import type { SignableRequest } from '../request.js';

/** The vendor's example order as compact JSON: 299 bytes (troika-business.md, "Vectors"). */
export const TROIKA_BODY = Buffer.from(
  '{"message":{"head":{"type":"app_create_order","terminalId":"bus_f78a8a6aa7fb3d5","languageId":"ru",' +
    '"phone":"+73946027654","time":"2022-04-22 00:21:02 +03:00"},"body":{"orderData":[{"cardNumber":"1234567890",' +
    '"currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}}}',
);

/** A request with everything in it that a template can name. */
export function requestWith(changes: Partial<SignableRequest> = {}): SignableRequest {
  return {
    method: 'POST',
    path: '/api/v3',
    query: 'b=2&a=1',
    contentType: 'application/json',
    body: TROIKA_BODY,
    date: new Date('2022-04-21T21:21:02.987Z'),
    ...changes,
  };
}

/** Header names as Node's server gives them to `verify`. */
export function asReceived(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
