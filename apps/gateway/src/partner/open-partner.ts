import { createSigner, parseSignatureProfile } from '@vestibule/signer';
import { TroikaClient } from '@vestibule/troika-client';
import type pg from 'pg';
import type { TroikaConfig } from '../config/config.js';
import { ConfigError } from '../config/read-config.js';
import { VERSION } from '../core/version.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import { PartnerClock } from './partner-clock.js';
import { Partner } from './partner.js';
import { RefusedRequests } from './refused-requests.js';
import { RateLimiter } from './rate-limiter.js';

/**
 * Тройка Бизнес, as the configuration has it.
 *
 * @param parts.broken aborted when calls in progress are not waited for any longer
 */
export function openPartner(
  troika: TroikaConfig,
  { pool, clock, metrics, broken }: { pool: pg.Pool; clock: DatabaseClock; metrics: Metrics; broken?: AbortSignal },
  logger: Logger,
): Partner {
  const refusals = new RefusedRequests(pool, logger);
  const partnerClock = new PartnerClock(clock.now);
  const client = createClient(troika, clock, partnerClock, broken);
  const limiter = new RateLimiter(pool, troika.ratePerSecond);
  return new Partner(client, limiter, metrics, (method, result) => refusals.watch(method, result), partnerClock);
}

/** `head.time` is the database's time: a process whose clock is wrong signs the right one. */
function createClient(
  troika: TroikaConfig,
  clock: DatabaseClock,
  partnerClock: PartnerClock,
  broken: AbortSignal | undefined,
): TroikaClient {
  const { profile: name, template, keys } = troika.signature;
  const parsed = parseSignatureProfile(name, { template });
  if (!parsed.ok) throw new ConfigError([`TROIKA_SIGNATURE or TROIKA_SIGNATURE_TEMPLATE: ${parsed.error}`]);
  const signer = createSigner(parsed.profile, keys);
  return new TroikaClient({
    ...troika,
    signer,
    userAgent: `Vestibule/${VERSION} (gateway ${VERSION})`,
    now: () => new Date(clock.now()),
    onDate: (date) => partnerClock.note(date),
    interrupted: broken,
  });
}
