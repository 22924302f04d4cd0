import type pg from 'pg';
import { KEY_COLUMNS, type KeyRecord } from './key-record.js';

/** Every key that was ever made, by name, the newest first. */
export async function listKeys(pool: pg.Pool): Promise<KeyRecord[]> {
  const { rows } = await pool.query<KeyRecord>(
    `select ${KEY_COLUMNS} from api_keys order by audience, name, created_at desc, id desc`,
  );
  return rows;
}
