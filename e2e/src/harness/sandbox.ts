import { startSandbox, type Sandbox } from '@vestibule/sandbox';
import { parseSignatureProfile } from '@vestibule/signer';
import { SECRETS } from './gateway-process.js';

export interface ExecutedOrder {
  readonly orderId: number;
  readonly rawBody: string;
  readonly totalAmount: number;
  readonly signatureVerified: boolean;
}

/** The stand-in for Тройка Бизнес, agreeing with the gateways of the suites; any free port unless given. */
export function openSandbox(port = 0): Promise<Sandbox> {
  const parsed = parseSignatureProfile('hmac-sha1:hex');
  if (!parsed.ok) throw new Error(parsed.error);
  return startSandbox({
    host: '127.0.0.1',
    port,
    basicUser: SECRETS.TROIKA_BASIC_USER,
    basicPassword: SECRETS.TROIKA_BASIC_PASSWORD,
    apiPhone: SECRETS.TROIKA_API_PHONE,
    terminalId: SECRETS.TROIKA_TERMINAL_ID,
    signature: { profile: parsed.profile, keys: [{ text: SECRETS.TROIKA_SIGNATURE_KEY }] },
  });
}

/** What the stand-in really executed, in order. */
export async function executedOrders({ url }: Sandbox): Promise<ExecutedOrder[]> {
  const response = await fetch(`${url}/_control/orders`);
  return (await response.json()) as ExecutedOrder[];
}

export async function setFaults({ url }: Sandbox, mode: string, rate = 1): Promise<void> {
  const response = await fetch(`${url}/_control/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, rate, seed: 1 }),
  });
  if (!response.ok) throw new Error(`the stand-in answered ${response.status}: ${await response.text()}`);
}

/** Changes what the stand-in sells, or what is left of the fund. */
export async function control({ url }: Sandbox, method: 'PUT' | 'DELETE', path: string, body?: object): Promise<void> {
  const response = await fetch(`${url}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the stand-in answered ${response.status}: ${await response.text()}`);
}

/** How often each method was called, by its name. */
export async function callCounts({ url }: Sandbox): Promise<Record<string, number>> {
  const response = await fetch(`${url}/_control/calls`);
  return (await response.json()) as Record<string, number>;
}
