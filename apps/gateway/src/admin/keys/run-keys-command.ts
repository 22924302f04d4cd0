import type pg from 'pg';
import { listKeys } from '../../api-keys/list-keys.js';
import type { KeyRecord } from '../../api-keys/key-record.js';
import { makeKey, type MadeKey } from '../../api-keys/make-key.js';
import { revokeKey } from '../../api-keys/revoke-key.js';
import { rotateKey } from '../../api-keys/rotate-key.js';
import type { SecretSeal } from '../../api-keys/secret-seal.js';
import type { KeysCommand } from './read-keys-command.js';

type DatabaseCommand = Exclude<KeysCommand, { kind: 'help' | 'fault' }>;

/** Runs a person's command and prints what came of it. @returns the exit code */
export async function runKeysCommand(
  pool: pg.Pool,
  seal: SecretSeal,
  command: DatabaseCommand,
  write: (line: string) => void,
): Promise<number> {
  switch (command.kind) {
    case 'list':
      for (const key of await listKeys(pool)) write(describe(key));
      return 0;
    case 'make':
      return print(
        await makeKey(pool, seal, command.key, command.actor),
        'There is a key with this name already.',
        write,
      );
    case 'rotate':
      return print(
        await rotateKey(pool, seal, command.id, command.rotation, command.actor),
        'There is no such key, or it is revoked, expired or rotated already.',
        write,
      );
    case 'revoke': {
      const key = await revokeKey(pool, command.id, command.actor);
      write(key === undefined ? 'There is no such key.' : describe(key));
      return key === undefined ? 1 : 0;
    }
  }
}

function print(made: MadeKey | undefined, otherwise: string, write: (line: string) => void): number {
  if (made === undefined) {
    write(otherwise);
    return 1;
  }
  write(describe(made.key));
  write(`secret (shown this once): ${made.secret}`);
  return 0;
}

function describe({
  id,
  audience,
  name,
  scopes,
  role,
  addresses,
  expiresAt,
  lastUsedAt,
  revokedAt,
}: KeyRecord): string {
  return [
    id,
    audience,
    name,
    ...(scopes === null && role === null ? [] : [(scopes ?? [role]).join(',')]),
    ...(addresses.length === 0 ? [] : [`from ${addresses.join(',')}`]),
    lastUsedAt === null ? 'never used' : `used ${lastUsedAt.toISOString()}`,
    ...(expiresAt === null ? [] : [`expires ${expiresAt.toISOString()}`]),
    ...(revokedAt === null ? [] : [`revoked ${revokedAt.toISOString()}`]),
  ].join('  ');
}
