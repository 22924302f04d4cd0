import { IsOptional, Matches } from 'class-validator';
import { TUNNEL_TARGETS } from '../../egress/checked-tunnel.js';
import { http, NETWORKS, oneOf, WEBHOOK_SECRETS } from './rules.js';

const TARGETS = /^[\w-]{1,40}=[^,\s]+(,[\w-]{1,40}=[^,\s]+)*$/;

/** Where alerts go. */
export class AlertsEnvironment {
  @IsOptional()
  @Matches(TARGETS, { message: 'name=https://…, several separated by commas' })
  ALERT_WEBHOOKS?: string;

  @IsOptional()
  @Matches(WEBHOOK_SECRETS, { message: 'name:whsec_BASE64, several separated by commas' })
  ALERT_SECRETS?: string;

  @IsOptional()
  @Matches(NETWORKS, { message: 'networks such as 10.20.0.0/16,fd00:1::/32' })
  ALERT_ALLOWED_NETWORKS?: string;

  @oneOf(['none', ...TUNNEL_TARGETS])
  ALERT_PROXY = 'none';

  @IsOptional()
  @http
  ALERT_RUNBOOK_URL?: string;

  @IsOptional()
  @http
  ALERT_CONSOLE_URL?: string;
}

export const ALERTS_SECRETS = ['ALERT_WEBHOOKS', 'ALERT_SECRETS'] as const;
