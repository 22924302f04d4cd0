import { createHmac } from 'node:crypto';

/** What a receiver is sent, whatever it is about. */
export interface Webhook {
  /** The same at every attempt: receivers know a repetition by it. */
  readonly id: string;
  readonly body: Buffer;
  /** The trace that it belongs to (W3C Trace Context). */
  readonly traceparent?: string | null;
}

/**
 * The headers of Standard Webhooks 1.0.0: the id, the time of this attempt, and one signature for each secret, so that
 * a receiver verifies with the old one or the new one while it is being changed.
 *
 * @param secrets the raw bytes behind `whsec_`
 * @param at of this attempt; receivers refuse what is older than five minutes
 */
export function signWebhook({ id, body }: Webhook, secrets: readonly Buffer[], at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const sign = (secret: Buffer): string =>
    `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(sign).join(' '),
  };
}
