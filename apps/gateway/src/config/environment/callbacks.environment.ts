import { ArrayNotEmpty, IsOptional, Matches } from 'class-validator';
import { TUNNEL_TARGETS } from '../../egress/checked-tunnel.js';
import { NETWORKS, oneOf, secondsList, WEBHOOK_SECRETS, whole } from './rules.js';

const SCHEDULE = 'seconds separated by commas, such as 0,5,300, each at most 604800 (a week)';
export const DNS_SERVERS = 'addresses such as 10.0.0.53,10.0.0.54:5353,[fd00::53]:53';

/** How callbacks are delivered to producers. */
export class CallbacksEnvironment {
  @IsOptional()
  @Matches(WEBHOOK_SECRETS, { message: 'name:whsec_BASE64, several separated by commas' })
  CALLBACK_SECRETS?: string;

  @IsOptional()
  @Matches(NETWORKS, { message: 'networks such as 10.20.0.0/16,fd00:1::/32' })
  CALLBACK_ALLOWED_NETWORKS?: string;

  @IsOptional()
  @Matches(/^[\da-fA-F.:[\]]+(\s*,\s*[\da-fA-F.:[\]]+)*$/, { message: DNS_SERVERS })
  CALLBACK_DNS_SERVERS?: string;

  @oneOf(['none', ...TUNNEL_TARGETS])
  CALLBACK_PROXY = 'none';

  @ArrayNotEmpty({ message: SCHEDULE })
  @secondsList(0, 604_800, SCHEDULE)
  CALLBACK_SCHEDULE_SECS: number[] = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

  @whole(100, 120_000)
  CALLBACK_TIMEOUT_MS = 15_000;

  @whole(1, 1000)
  CALLBACK_CONCURRENCY = 64;

  @whole(60, 31_536_000)
  CALLBACK_DISABLE_AFTER_SECS = 432_000;

  @whole(7, 3650)
  CALLBACK_RETENTION_DAYS = 30;
}

export const CALLBACKS_SECRETS = ['CALLBACK_SECRETS'] as const;
