import type pg from 'pg';
import { RequestHashes } from './request-hash.js';

/**
 * The hashes of this installation: with the first key of the setting, or with the one that the database has made for
 * itself. What another of them has made before is still recognised.
 */
export async function openRequestHashes(pool: pg.Pool, keys: readonly string[]): Promise<RequestHashes> {
  const [key, ...earlier] = await findInstallationKeys(pool, keys);
  return new RequestHashes(key, earlier);
}

/** Secrets that only this installation has, and all its processes share: those of the setting, then the database's own. */
export async function findInstallationKeys(pool: pg.Pool, keys: readonly string[]): Promise<[Buffer, ...Buffer[]]> {
  const { rows } = await pool.query<{ key: Buffer }>('select key from request_hash_key');
  const [key, ...earlier] = [...keys.map((text) => Buffer.from(text)), ...rows.map((row) => row.key)];
  if (key === undefined) throw new Error('The table request_hash_key has lost its row: set REQUEST_HASH_KEY.');
  return [key, ...earlier];
}
