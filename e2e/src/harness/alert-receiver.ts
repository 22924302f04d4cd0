import { startCallbackReceiver } from './callback-receiver.js';
import { SECRETS } from './gateway-process.js';

/** An alert that arrived and verified. */
export interface AlertCall {
  readonly id: string;
  /** Such as `alert.opened`. */
  readonly type: string;
  readonly kind: string;
  /** The received body. */
  readonly text: string;
}

export interface AlertReceiver {
  /** For gateways that are to call it. */
  readonly env: Readonly<Record<string, string>>;
  readonly calls: readonly AlertCall[];
  close(): Promise<void>;
}

/** The server of an operator: HTTPS, and the official library verifies every call. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const receiver = await startCallbackReceiver();
  const { url, env, calls } = receiver;
  const [, secret = ''] = SECRETS.CALLBACK_SECRETS.split(':');
  return {
    env: {
      NODE_EXTRA_CA_CERTS: env['NODE_EXTRA_CA_CERTS'] ?? '',
      ALERT_WEBHOOKS: `ops=${url}`,
      ALERT_SECRETS: `ops:${secret}`,
      ALERT_ALLOWED_NETWORKS: '127.0.0.0/8',
    },
    get calls() {
      return calls.map(({ id, text }) => {
        const { type, data } = JSON.parse(text) as { type: string; data: { kind: string } };
        return { id, type, kind: data.kind, text };
      });
    },
    close: () => receiver.close(),
  };
}
