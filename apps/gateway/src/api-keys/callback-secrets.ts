import type { Audience } from './key-record.js';
import type { SecretSeal } from './secret-seal.js';

/** A secret that callbacks are signed with now. */
export interface CallbackSecret {
  readonly id: string;
  readonly bytes: Buffer;
}

interface SecretRow {
  readonly id: string;
  readonly audience: Audience;
  readonly name: string;
  readonly sealed: Buffer | null;
}

/** The secrets of callbacks as they were read last. */
export class CallbackSecrets {
  private readonly byName = new Map<string, CallbackSecret[]>();
  /** Whose secrets were sealed with a key that this process does not have. */
  readonly unreadable: readonly string[];

  /** @param rows the newest first: receivers see its signature first */
  constructor(rows: readonly SecretRow[], seal: SecretSeal) {
    const unreadable = new Set<string>();
    for (const { id, audience, name, sealed } of rows) {
      if (audience !== 'callbacks' || sealed === null) continue;
      const bytes = seal.open(sealed, { id, name });
      if (bytes === undefined) unreadable.add(name);
      else this.byName.set(name, [...this.of(name), { id, bytes }]);
    }
    this.unreadable = [...unreadable];
  }

  of(name: string): readonly CallbackSecret[] {
    return this.byName.get(name) ?? [];
  }
}
