import { postWebhook, type WebhookOutcome } from '../../egress/post-webhook.js';
import { signWebhook, type Webhook } from '../../egress/sign-webhook.js';
import type { TunnelWay } from '../../egress/checked-tunnel.js';
import type { Resolve } from '../../egress/checked-lookup.js';
import { readTarget, type TargetRules } from '../../egress/read-target.js';

export interface CallbackSenderRules extends TargetRules {
  /** What callbacks of a producer are signed with now; none: they cannot be. */
  readonly secretsOf: (apiKeyName: string) => readonly Buffer[];
  readonly timeoutMs: number;
  /** The proxy on the way to an address; undefined where the way is direct. */
  readonly wayTo?: (url: URL) => TunnelWay | undefined;
}

/** The outcome of one attempt, and its duration. */
export type SendResult = (WebhookOutcome | { readonly kind: 'no-secret'; readonly detail: string }) & {
  readonly durationMs: number;
};

/** Decides whom callbacks may go to, signs them for their producer, and sends them. */
export class CallbackSender {
  constructor(
    private readonly rules: CallbackSenderRules,
    private readonly userAgent: string,
    private readonly resolve: Resolve,
  ) {}

  /** @returns why orders of a producer cannot name this address, as a sentence; undefined when they can */
  faultOf(apiKeyName: string, url: unknown): string | undefined {
    const target = readTarget(url, this.rules);
    if (!target.ok) return target.detail;
    return this.rules.secretsOf(apiKeyName).length > 0 ? undefined : noSecretFor(apiKeyName);
  }

  /** One attempt. Rules may have changed since the address was taken, so it is judged again. */
  async send(apiKeyName: string, url: string, webhook: Webhook): Promise<SendResult> {
    const started = performance.now();
    const outcome = await this.attempt(apiKeyName, url, webhook);
    return { ...outcome, durationMs: Math.round(performance.now() - started) };
  }

  private async attempt(apiKeyName: string, url: string, webhook: Webhook) {
    const secrets = this.rules.secretsOf(apiKeyName);
    if (secrets.length === 0) return { kind: 'no-secret' as const, detail: noSecretFor(apiKeyName) };
    const target = readTarget(url, this.rules);
    if (!target.ok) return { kind: 'failed' as const, reason: 'forbidden-target' as const, detail: target.detail };
    const headers = {
      ...signWebhook(webhook, secrets, new Date()),
      'content-type': 'application/json',
      'user-agent': this.userAgent,
      accept: '*/*',
      ...(webhook.traceparent == null ? {} : { traceparent: webhook.traceparent }),
    };
    const { timeoutMs, allowedNetworks } = this.rules;
    const limits = { timeoutMs, allowedNetworks, resolve: this.resolve, way: this.rules.wayTo?.(target.url) };
    return await postWebhook({ url: target.url, headers, body: webhook.body }, limits);
  }
}

function noSecretFor(apiKeyName: string): string {
  return (
    `Callbacks of "${apiKeyName}" cannot be signed: it has no secret here. ` +
    `An operator makes one: POST /admin/keys with the audience "callbacks" and the name "${apiKeyName}".`
  );
}
