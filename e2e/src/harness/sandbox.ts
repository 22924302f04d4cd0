import { startSandbox, type Sandbox } from '@vestibule/sandbox';
import { parseSignatureProfile } from '@vestibule/signer';
import { SECRETS } from './gateway-process.js';

export interface ExecutedOrder {
  readonly orderId: number;
  readonly rawBody: string;
  readonly totalAmount: number;
  readonly signatureVerified: boolean;
}

export interface SandboxChoice {
  /** How late the answers of the fault `slow` are, in milliseconds. */
  readonly slowMs?: number;
}

/** A stand-in that can be closed and come back. */
export interface OpenSandbox extends Sandbox {
  /** After `close`: the partner is there again at the same address, with an empty book. */
  reopen(): Promise<void>;
}

/** The stand-in for Тройка Бизнес, with the settings of the suites' gateways; any free port by default. */
export async function openSandbox(port = 0, choice: SandboxChoice = {}): Promise<OpenSandbox> {
  let sandbox = await startAgreedSandbox(port, choice);
  const { url } = sandbox;
  return {
    url,
    close: () => sandbox.close(),
    reopen: async () => {
      sandbox = await startAgreedSandbox(Number(new URL(url).port), choice);
    },
  };
}

function startAgreedSandbox(port: number, choice: SandboxChoice): Promise<Sandbox> {
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
    ...choice,
  });
}

/** The orders that the stand-in executed, in order. */
export async function executedOrders({ url }: Sandbox): Promise<ExecutedOrder[]> {
  const response = await fetch(`${url}/_control/orders`);
  return (await response.json()) as ExecutedOrder[];
}

/** @param methods on which the faults are injected; all unless given */
export async function setFaults(sandbox: Sandbox, mode: string, rate = 1, methods?: readonly string[]): Promise<void> {
  await control(sandbox, 'PUT', '/faults', { mode, rate, seed: 1, ...(methods === undefined ? {} : { methods }) });
}

/** Does something to a ticket: `written`, `payback-initiated` or `payback`. */
export async function setTicket(sandbox: Sandbox, orderTariffId: number | string, status: string): Promise<void> {
  await control(sandbox, 'POST', `/tickets/${orderTariffId}`, { status });
}

/** Whether cancellations pay back `at-once`, or are `initiated` first. */
export async function setRefunds(sandbox: Sandbox, mode: string): Promise<void> {
  await control(sandbox, 'PUT', '/refunds', { mode });
}

/** The calls of a method with a simulated fault since the stand-in was emptied, and whether each was executed. */
export async function faultyCalls({ url }: Sandbox, method: string): Promise<{ executed: boolean; body: object }[]> {
  const injected = (await (await fetch(`${url}/_control/played`)).json()) as { executed: boolean; rawBody: string }[];
  return injected
    .map(({ executed, rawBody }) => ({
      executed,
      ...(JSON.parse(rawBody) as { message: { head: { type: string }; body: object } }).message,
    }))
    .filter(({ head }) => head.type === method)
    .map(({ executed, body }) => ({ executed, body }));
}

/**
 * Configures the stand-in by a call of its control API.
 * @param path below `/_control`
 */
export async function control(
  { url }: Sandbox,
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<void> {
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
