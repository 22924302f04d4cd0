import type pg from 'pg';

/**
 * Secrets that only this installation has, and all its processes share: those of the setting, then the one that the database has
 * made for itself. The first makes what is new; what another of them has made before is still recognised.
 */
export async function findInstallationKeys(pool: pg.Pool, keys: readonly string[]): Promise<[Buffer, ...Buffer[]]> {
  const { rows } = await pool.query<{ key: Buffer }>('select key from request_hash_key');
  const [key, ...earlier] = [...keys.map((text) => Buffer.from(text)), ...rows.map((row) => row.key)];
  if (key === undefined) throw new Error('The table request_hash_key has lost its row: set REQUEST_HASH_KEY.');
  return [key, ...earlier];
}
