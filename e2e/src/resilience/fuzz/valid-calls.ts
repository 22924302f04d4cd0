import type { ApiDocument } from '../../harness/openapi.js';

export type Listener = 'public' | 'internal';

/** A call that is answered with success, or would be if what it is about were there. */
export interface ValidCall {
  readonly listener: Listener;
  /** What the document of the orders API calls it. */
  readonly operationId?: string;
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body?: unknown;
  /** A body that is no JSON, and its content type. */
  readonly file?: { readonly type: string; readonly text: string };
}

/** What is there, so that calls can be about it. */
export interface Known {
  readonly cardNumber: string;
  readonly orderId: string;
}

export const WALLET = `Basic ${Buffer.from('wallet:test-wallet-password').toString('base64')}`;
const RECEIPT = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
const WHY = { why: 'a fuzzed call' };

/** The thirteen methods of the loyalty API. */
export function publicCalls({ cardNumber }: Known): ValidCall[] {
  const call = (method: string, path: string, body?: unknown): ValidCall => ({
    listener: 'public',
    method,
    path: `/v1${path}`,
    authorization: WALLET,
    ...(body === undefined ? {} : { body }),
  });
  const profile = { phone: '79160000008', email: 'anna@example.com', firstName: 'Анна', surname: 'Иванова' };
  return [
    call('GET', '/card?msisdn=79261112001&email=anna@example.com&birthDate=1990-04-12'),
    call('PUT', `/card/${cardNumber}/communication`, { allow: ['sms'], deny: ['push', 'call'] }),
    call('GET', `/card/${cardNumber}`),
    call('PUT', `/card/${cardNumber}`, { ...profile, gender: 'female', birthDate: '1990-04-12' }),
    call('GET', `/card/${cardNumber}/purchases?startDate=2026-01-01&endDate=2026-12-31`),
    call('GET', '/card/anonymous'),
    call('POST', '/card/anonymous/0007', profile),
    call('POST', '/card/anonymous', profile),
    call('GET', `/card/${cardNumber}/promo`),
    call('POST', '/promo/qrCode', { qrCode: RECEIPT, cardNumber, msisdn: '79160000008', device: 'phone' }),
    call('POST', '/promo/code', { code: 'SPRING', cardNumber, device: 'phone' }),
    call('GET', '/card/getAllUsers'),
    call('GET', '/card/getAllUsersExtended'),
  ];
}

/** The calls of the orders API, as its document shows them, and those of operators. */
export function internalCalls(document: ApiDocument, { orderId, cardNumber }: Known): ValidCall[] {
  const producers = document.operations.flatMap(
    ({ path, verb, operation: { operationId, requestBody } }): ValidCall[] => {
      const examples = Object.values(requestBody?.content['application/json'].examples ?? {});
      const call: ValidCall = {
        listener: 'internal',
        operationId,
        method: verb.toUpperCase(),
        path: path.replace('{id}', orderId).replace(/\{\w+\}/, '40117000'),
        authorization: 'Bearer test-orders-key',
      };
      // A test delivery would call an address of the world outside.
      const bodies =
        operationId === 'testCallback' ? [{ url: 'http://127.0.0.1:9/' }] : examples.map(({ value }) => value);
      return bodies.length === 0 ? [call] : bodies.map((body) => ({ ...call, body }));
    },
  );
  const operator = (method: string, path: string, more: Partial<ValidCall> = {}): ValidCall => ({
    listener: 'internal',
    method,
    path: `/admin${path}`,
    authorization: 'Bearer test-admin-key',
    ...more,
  });
  return [
    ...producers,
    ...[
      '/orders?status=confirmed&limit=10',
      `/orders/${orderId}`,
      '/audit?show=views',
      '/events',
      '/sending',
      '/whoami',
    ].map((path) => operator('GET', path)),
    ...['/cards?phone=79261112001', `/cards/${cardNumber}`, '/keys', '/orders/plans', '/loyalty/calls', '/alerts'].map(
      (path) => operator('GET', path),
    ),
    operator('GET', `/orders/${orderId}/check?troikaOrderId=40117`),
    operator('POST', `/orders/${orderId}/resolve`, { body: { decision: 'confirmed', troikaOrderId: 40117, ...WHY } }),
    operator('POST', `/orders/${orderId}/replay`, { body: WHY }),
    operator('POST', '/orders/replay', {
      body: { status: ['failed'], from: '2026-01-01T00:00:00Z', limit: 10, ...WHY },
    }),
    operator('POST', '/orders/purge', { body: { status: ['failed'], olderThanDays: 30, limit: 10, ...WHY } }),
    operator('POST', '/orders/plans', { body: { decision: 'replay', filter: { status: ['failed'] }, ...WHY } }),
    operator('POST', `/cards/${cardNumber}/block`, { body: WHY }),
    operator('POST', `/cards/${cardNumber}/unblock`, { body: WHY }),
    operator('POST', `/cards/${cardNumber}/balance`, { body: { amount: '10.50', description: 'бонус', ...WHY } }),
    operator('POST', '/erasures', { body: { phone: '+7 916 000-00-09', ...WHY } }),
    operator('POST', '/keys', {
      body: { audience: 'orders', name: 'fuzzed', scopes: ['orders:read'], addresses: ['10.0.0.0/8'] },
    }),
    operator('POST', '/sending/resume', { body: WHY }),
    operator('POST', '/import/offers', { file: { type: 'text/csv', text: 'id;title\n1;Скидка\n2;"Ещё; одна"\n' } }),
  ];
}
