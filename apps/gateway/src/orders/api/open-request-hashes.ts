import type pg from 'pg';
import { RequestHashes } from './request-hash.js';

/**
 * The hashes of this installation: with the first key of the setting, or with the one that the database has made for
 * itself. What another of them has made before is still recognised.
 */
export async function openRequestHashes(pool: pg.Pool, keys: readonly string[]): Promise<RequestHashes> {
  const { rows } = await pool.query<{ key: Buffer }>('select key from request_hash_key');
  const [key, ...earlier] = [...keys.map((text) => Buffer.from(text)), ...rows.map((row) => row.key)];
  if (key === undefined) throw new Error('The table request_hash_key has lost its row: set REQUEST_HASH_KEY.');
  return new RequestHashes(key, earlier);
}
