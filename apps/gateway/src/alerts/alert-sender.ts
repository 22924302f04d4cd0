import type { Resolve } from '../egress/checked-lookup.js';
import type { TunnelWay } from '../egress/checked-tunnel.js';
import { postWebhook, type CallFailure } from '../egress/post-webhook.js';
import { readTarget, type TargetRules } from '../egress/read-target.js';
import { signWebhook } from '../egress/sign-webhook.js';
import type { Alert } from './alert.js';
import type { AlertTarget } from './alert-target.js';
import { encodeAlert } from './encode-alert.js';

export interface AlertSenderRules extends TargetRules {
  /** The proxy on the way to an address; undefined where the way is direct. */
  readonly wayTo: (url: URL) => TunnelWay | undefined;
  /** From resolving the name to the last byte of the answer. */
  readonly timeoutMs: number;
}

/** What came of one attempt. */
export interface AlertResult {
  readonly outcome: 'delivered' | 'refused' | CallFailure;
  readonly httpStatus: number | null;
  /** For a person; null when the status says it all. No secret, and nothing the receiver wrote. */
  readonly detail: string | null;
  readonly retryAfterSecs: number | undefined;
  readonly durationMs: number;
}

/** Makes one attempt to deliver an alert, by the rules of egress; it never throws. */
export class AlertSender {
  constructor(
    private readonly rules: AlertSenderRules,
    private readonly userAgent: string,
    private readonly resolve: Resolve,
  ) {}

  async send(target: AlertTarget, alert: Alert): Promise<AlertResult> {
    const started = performance.now();
    const result = await this.attempt(target, alert);
    return { ...result, durationMs: Math.round(performance.now() - started) };
  }

  private async attempt(target: AlertTarget, alert: Alert): Promise<Omit<AlertResult, 'durationMs'>> {
    const { url: address, body } = encodeAlert(alert, target);
    const read = readTarget(address, this.rules);
    if (!read.ok) return failed('forbidden-target', read.detail);
    const signature = target.form === 'standard' ? signWebhook({ id: alert.id, body }, target.secrets, new Date()) : {};
    const headers = {
      ...signature,
      'content-type': 'application/json',
      'user-agent': this.userAgent,
      accept: '*/*',
    };
    const { timeoutMs, allowedNetworks, wayTo } = this.rules;
    const limits = { timeoutMs, allowedNetworks, resolve: this.resolve, way: wayTo(read.url) };
    const outcome = await postWebhook({ url: read.url, headers, body }, limits);
    if (outcome.kind === 'failed') return failed(outcome.reason, outcome.detail);
    const { httpStatus, retryAfterSecs } = outcome;
    const isTaken = httpStatus >= 200 && httpStatus < 300;
    return { outcome: isTaken ? 'delivered' : 'refused', httpStatus, detail: null, retryAfterSecs };
  }
}

function failed(outcome: CallFailure, detail: string): Omit<AlertResult, 'durationMs'> {
  return { outcome, httpStatus: null, detail, retryAfterSecs: undefined };
}
