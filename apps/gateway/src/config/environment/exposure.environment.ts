import { IsOptional, ValidateBy } from 'class-validator';
import { isIP } from 'node:net';
import { parseNetwork } from '../../egress/special-networks.js';
import { flag, whole } from './rules.js';

const PROXIES = 'addresses and networks of your own proxies such as 10.0.0.5,10.1.0.0/16, none of them wider than /8';
/** A wider network is the internet rather than a proxy: everyone could then write any address into the header. */
const LEAST_BITS = 8;

/** What guards a process against everybody who can reach it, and what production accepts all the same. */
export class ExposureEnvironment {
  /** Whose X-Forwarded-For is believed. */
  @IsOptional()
  @ValidateBy({
    name: 'proxies',
    validator: {
      validate: (text) => typeof text === 'string' && proxiesOf(text).every(isProxy),
      defaultMessage: () => PROXIES,
    },
  })
  TRUSTED_PROXIES?: string;

  /** In a minute; further ones are slowed down. */
  @whole(1, 1_000_000)
  LOGIN_FAILURES_PER_ADDRESS = 100;

  @whole(1, 1_000_000)
  LOGIN_FAILURES_TOTAL = 1_000;

  /** Of one address, unless it is one of TRUSTED_PROXIES. */
  @whole(1, 1_000_000)
  PUBLIC_CONNECTIONS_PER_ADDRESS = 512;

  @whole(1, 1_000_000)
  PUBLIC_CONNECTIONS_TOTAL = 10_000;

  @whole(1, 1_000_000)
  INTERNAL_CONNECTIONS_TOTAL = 5_000;

  @flag
  ALLOW_WEAK_SECRETS = 'false';

  @flag
  ALLOW_PLAIN_HTTP = 'false';

  @flag
  ALLOW_DEMO_SIGNATURE_KEY = 'false';

  @flag
  ALLOW_ANY_CALLBACK_NETWORK = 'false';
}

/** The items of `TRUSTED_PROXIES`. */
export function proxiesOf(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

function isProxy(item: string): boolean {
  if (isIP(item) !== 0) return true;
  const network = parseNetwork(item);
  return network !== undefined && network[1] >= LEAST_BITS;
}
