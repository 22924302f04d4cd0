import { createSigner, parseSignatureProfile } from '@vestibule/signer';
import { TroikaClient, type CallResult } from '@vestibule/troika-client';
import type { MethodName } from '@vestibule/troika-contract';
import type pg from 'pg';
import type { TroikaConfig } from '../config/config.js';
import { ConfigError } from '../config/read-config.js';
import { VERSION } from '../core/version.js';
import type { Logger } from '../core/logger.js';
import type { CallWatch } from '../health/parts/call-watch.js';
import type { Metrics } from '../metrics/metrics.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import { PartnerClock } from './partner-clock.js';
import { Partner } from './partner.js';
import { RefusedRequests } from './refused-requests.js';
import { RateLimiter } from './rate-limiter.js';
import { watchedClient } from './watched-client.js';

/**
 * Тройка Бизнес, as the configuration has it.
 *
 * @param parts.broken aborted when calls in progress are not waited for any longer
 * @param parts.watch learns what each call says of the partner
 */
export function openPartner(
  troika: TroikaConfig,
  {
    pool,
    clock,
    metrics,
    broken,
    watch,
  }: { pool: pg.Pool; clock: DatabaseClock; metrics: Metrics; broken?: AbortSignal; watch?: CallWatch | undefined },
  logger: Logger,
): Partner {
  const refusals = new RefusedRequests(pool, logger);
  const partnerClock = new PartnerClock(clock.now);
  const client = createClient(troika, clock, partnerClock, broken);
  const limiter = new RateLimiter(pool, troika.ratePerSecond);
  const onResult = (method: MethodName, result: CallResult): Promise<void> => refusals.watch(method, result);
  const watched = watch === undefined ? client : watchedClient(client, watch);
  return new Partner(watched, limiter, metrics, onResult, partnerClock);
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
