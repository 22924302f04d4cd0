import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** By how much sealed bytes are longer. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** A key for one purpose only: what was sealed for another one is not opened with it. */
export function sealingKey(installationKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', installationKey, '', purpose, KEY_BYTES));
}

/** Encrypts bytes so that every change of them shows. @param about what they belong to: must be the same at opening */
export function sealBytes(key: Buffer, plain: Buffer, about = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @returns undefined for what was sealed with another key or about something else, or was changed */
export function openBytes(key: Buffer, bytes: Buffer, about = ''): Buffer | undefined {
  if (bytes.length < SEAL_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(about));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, SEAL_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(SEAL_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
