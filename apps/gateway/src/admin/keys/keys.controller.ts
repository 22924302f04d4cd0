import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { listKeys } from '../../api-keys/list-keys.js';
import type { KeyRecord, NEW_KEY } from '../../api-keys/key-record.js';
import { makeKey, type MadeKey } from '../../api-keys/make-key.js';
import { revokeKey } from '../../api-keys/revoke-key.js';
import { rotateKey } from '../../api-keys/rotate-key.js';
import { SecretSeal } from '../../api-keys/secret-seal.js';
import { StoredKeys } from '../../api-keys/stored-keys.js';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { problem, ProblemError } from '../../http/problem.js';
import type { TypeOf } from '../../http/schema/schema.js';
import { isUuid } from '../../http/uuid.js';
import { readKeyRequest, readRevocationRequest, readRotationRequest } from './key-requests.js';

type NewKeyView = TypeOf<typeof NEW_KEY>;

const NO_SUCH_KEY = problem('key-not-found', 'There is no key with this id.');

/**
 * The keys of producers and operators that are kept in the database, and the secrets of callbacks. Every change goes into the
 * audit.
 */
@Controller('admin/keys')
export class KeysController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly stored: StoredKeys,
    private readonly seal: SecretSeal,
  ) {}

  /** 201 with the key and its secret, which no later call shows; 409 when the name has a key already. */
  @Post()
  @NeedsRole('admin')
  async make(@ApiKeyName() who: string, @Body() body: unknown): Promise<NewKeyView> {
    const { key, actor } = readKeyRequest(body, who);
    const made = await makeKey(this.pool, this.seal, key, actor);
    if (made === undefined) {
      const detail = `There is a key with the name ${key.name} already: rotate it, or revoke it first.`;
      throw new ProblemError(problem('key-name-taken', detail));
    }
    return await this.shown(made);
  }

  /** `{"keys": [...]}`, the revoked and expired ones too; none with its secret. */
  @Get()
  @NeedsRole('admin')
  async list(): Promise<{ keys: KeyRecord[] }> {
    return { keys: await listKeys(this.pool) };
  }

  /** 201 with a new key of the same name and rights; the old one opens, or signs too, for `overlapSecs` more. */
  @Post(':id/rotate')
  @NeedsRole('admin')
  async rotate(@ApiKeyName() who: string, @Param('id') id: string, @Body() body: unknown): Promise<NewKeyView> {
    const { rotation, actor } = readRotationRequest(body, who);
    if (!isUuid(id)) throw new ProblemError(NO_SUCH_KEY);
    const made = await rotateKey(this.pool, this.seal, id, rotation, actor);
    if (made !== undefined) return await this.shown(made);
    const keys = await listKeys(this.pool);
    if (keys.every((key) => key.id !== id.toLowerCase())) throw new ProblemError(NO_SUCH_KEY);
    throw new ProblemError(problem('key-closed', 'The key is revoked, expired or rotated already.'));
  }

  /** 200 with the key, which opens and signs nothing from now on; a repeated call changes nothing. */
  @Post(':id/revoke')
  @NeedsRole('admin')
  @HttpCode(200)
  async revoke(@ApiKeyName() who: string, @Param('id') id: string, @Body() body: unknown): Promise<KeyRecord> {
    const actor = readRevocationRequest(body, who);
    const key = isUuid(id) ? await revokeKey(this.pool, id, actor) : undefined;
    if (key === undefined) throw new ProblemError(NO_SUCH_KEY);
    await this.stored.look();
    return key;
  }

  private async shown({ key, secret }: MadeKey): Promise<NewKeyView> {
    await this.stored.look();
    return { ...key, secret };
  }
}
