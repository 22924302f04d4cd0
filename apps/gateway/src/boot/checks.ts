import type pg from 'pg';
import { checkExpiringKeys } from '../api-keys/check-expiring-keys.js';
import { checkUnreadableSecrets } from '../api-keys/check-unreadable-secrets.js';
import type { StoredKeys } from '../api-keys/stored-keys.js';
import type { Config } from '../config/config.js';
import { checkCertificate } from '../health/certificate-check.js';
import { checkDisks } from '../health/disk-check.js';
import type { HealthCheck } from '../health/health-watch.js';
import { checkOverdueOrders } from '../health/overdue-orders.js';
import type { Parts } from '../health/parts/parts.js';
import { checkPool } from '../health/pool-check.js';
import { checkUnknownOrders } from '../health/unknown-orders.js';
import { checkLogins } from '../http/auth/check-logins.js';
import type { FailedLogins } from '../http/auth/failed-logins.js';
import { checkAdmissions } from '../http/connections/check-admission.js';
import type { Admissions } from '../http/connections/open-admissions.js';
import type { OrdersPart } from './orders.js';

/** What a process looks for, by its roles, beside what every process looks for. */
export function listChecks(
  { roles, troika, database, sendJournal, koshelek, publicListener: { tls } }: Config,
  parts: {
    pool: pg.Pool;
    logins: FailedLogins;
    admissions: Admissions;
    orders: OrdersPart | undefined;
    storedKeys: StoredKeys;
    parts: Parts;
  },
): readonly HealthCheck[] {
  const { pool, logins, admissions, orders, storedKeys } = parts;
  const folders = [
    ...(roles.has('worker') && troika !== undefined ? [sendJournal.directory] : []),
    ...(database.url === undefined ? [database.dataDir] : []),
  ];
  return [
    checkLogins(logins),
    checkAdmissions(Object.values(admissions)),
    checkPool(pool, () => parts.parts.get('database')?.state !== 'down'),
    checkDisks(folders),
    ...(orders === undefined ? [] : [checkUnreadableSecrets(storedKeys), ...orders.checks]),
    ...(troika !== undefined && orders !== undefined
      ? [checkOverdueOrders(pool, troika.ratePerSecond), checkUnknownOrders(pool)]
      : []),
    ...(koshelek !== undefined && tls !== undefined ? [checkCertificate(tls.certFile)] : []),
    ...(roles.has('admin') ? [checkExpiringKeys(pool)] : []),
  ];
}
