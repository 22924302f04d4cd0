import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { OrderScope } from '../config/order-scopes.js';
import type { OperatorRole } from '../config/operator-roles.js';
import { describeError, type Logger } from '../core/logger.js';
import { within } from '../core/within.js';
import { parseAddresses, type AddressRange } from '../egress/special-networks.js';
import { Periodic } from '../storage/periodic.js';
import { statement } from '../storage/statement.js';
import { CallbackSecrets } from './callback-secrets.js';
import type { Audience } from './key-record.js';
import type { SecretSeal } from './secret-seal.js';

/** A key that opens now. */
export interface StoredKey {
  readonly id: string;
  readonly audience: Audience;
  readonly name: string;
  /** Of a producer's key. */
  readonly scopes: ReadonlySet<OrderScope> | undefined;
  /** Of an operator's key. */
  readonly role: OperatorRole | undefined;
  /** Where it may be used from; none: everywhere. */
  readonly ranges: readonly AddressRange[];
}

interface KeyRow {
  readonly id: string;
  readonly digest: string;
  readonly audience: Audience;
  readonly name: string;
  readonly scopes: readonly OrderScope[] | null;
  readonly role: OperatorRole | null;
  readonly addresses: readonly string[];
  readonly sealed: Buffer | null;
}

const FIND_OPEN = statement('find-open-api-keys')`
select id, encode(secret_digest, 'hex') as digest, audience, name, scopes, role, addresses,
       sealed_secret as sealed
  from api_keys where revoked_at is null and (expires_at is null or expires_at > now())
 order by created_at desc, id desc`;

const NOTE_USE = statement('note-api-key-use')`
update api_keys set last_used_at = now() where id = any($1::uuid[])`;

/** How soon every process knows of a change that another has made. */
const PERIOD_MS = 1_000;
/** However many callers have a key that is not known yet, the keys are not read more often than that for their sake. */
const SPACING_MS = 100;
/** How long such a caller waits at the most. */
const SOON_MS = 1_000;
/** How exactly the last use of a key is known. */
const USE_MS = 60_000;

/**
 * The keys of the database, read again each second: a call costs no statement, and works through any pooler. While the
 * database is away the keys stay as they were; it takes no order then either.
 */
export class StoredKeys {
  private byDigest: ReadonlyMap<string, StoredKey> = new Map();
  private openIds: ReadonlySet<string> = new Set();
  private callbackSecrets: CallbackSecrets;
  private lookedAt = -Infinity;
  /** Looks have numbers, in the order in which they begin: one that ends late shows nothing older than is known. */
  private begun = 0;
  private shown = 0;
  /** The next look for the sake of callers, and the one before it. */
  private next: Promise<void> | undefined;
  private underWay: Promise<void> | undefined;
  private readonly used = new Set<string>();
  private readonly notedAt = new Map<string, number>();
  private readonly periodic = new Periodic(PERIOD_MS, () => this.lookAndNote());

  constructor(
    private readonly pool: pg.Pool,
    private readonly seal: SecretSeal,
    private readonly logger: Logger,
  ) {
    this.callbackSecrets = new CallbackSecrets([], seal);
  }

  async start(): Promise<void> {
    await this.look();
    this.periodic.start();
  }

  async stop(): Promise<void> {
    await this.periodic.stop();
    await this.noteUse().catch(() => undefined);
  }

  /** The key of a secret. @param digest of the secret: what can be learnt from the time of a look-up is not the secret */
  find(audience: Audience, digest: Buffer): StoredKey | undefined {
    const key = this.byDigest.get(digest.toString('hex'));
    if (key?.audience !== audience) return undefined;
    this.note(key.id);
    return key;
  }

  /** What callbacks to a producer are signed with now, the newest first. */
  callbackSecretsOf(name: string): readonly Buffer[] {
    return this.callbackSecrets.of(name).map(({ id, bytes }) => {
      this.note(id);
      return bytes;
    });
  }

  /** Whose secrets of callbacks this process cannot open, because they were sealed with a key that it does not have. */
  get unreadable(): readonly string[] {
    return this.callbackSecrets.unreadable;
  }

  /** Whether a key that was found before still opens. */
  isOpen({ id }: StoredKey): boolean {
    return this.openIds.has(id);
  }

  /** Reads the keys now: the process that has changed one need not wait. */
  async look(): Promise<void> {
    const turn = (this.begun += 1);
    this.lookedAt = performance.now();
    const { rows } = await this.pool.query<KeyRow>(FIND_OPEN);
    if (turn < this.shown) return;
    this.shown = turn;
    this.openIds = new Set(rows.map(({ id }) => id));
    this.callbackSecrets = new CallbackSecrets(rows, this.seal);
    this.byDigest = new Map(
      rows.map(({ id, digest, audience, name, scopes, role, addresses }) => [
        digest,
        {
          id,
          audience,
          name,
          scopes: scopes === null ? undefined : new Set(scopes),
          role: role ?? undefined,
          ranges: addresses.map(parseAddresses).filter((range) => range !== undefined),
        },
      ]),
    );
  }

  /**
   * Resolves when the keys were read after this moment, or could not be: a key that another process has just made is known
   * then. One look serves all who wait.
   */
  lookSoon(): Promise<void> {
    this.next ??= this.lookWhenDue();
    return within(SOON_MS, this.next, undefined);
  }

  private async lookWhenDue(): Promise<void> {
    // One at a time: while the database says nothing, no more than one question to it waits for the sake of callers.
    await Promise.all([this.underWay, delay(Math.max(0, this.lookedAt + SPACING_MS - performance.now()))]);
    // Who comes from here on may have a key that this look does not see.
    this.next = undefined;
    this.underWay = this.tryTo(() => this.look());
    await this.underWay;
  }

  private async lookAndNote(): Promise<void> {
    await this.tryTo(async () => {
      await this.look();
      await this.noteUse();
    });
  }

  private async tryTo(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.logger.debug({ error: describeError(error) }, 'the keys in the database were not read');
    }
  }

  private note(id: string): void {
    const now = performance.now();
    if (now - (this.notedAt.get(id) ?? -Infinity) < USE_MS) return;
    this.used.add(id);
    this.notedAt.set(id, now);
  }

  private async noteUse(): Promise<void> {
    if (this.used.size === 0) return;
    const ids = [...this.used];
    this.used.clear();
    await this.pool.query({ ...NOTE_USE, values: [ids] });
  }
}
