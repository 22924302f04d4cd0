import { openBytes, sealBytes, sealingKey } from '../core/sealed-bytes.js';

/** Whose a sealed secret is: in another row it is worth nothing. */
export interface SealedFor {
  readonly id: string;
  readonly name: string;
}

/**
 * Encrypts the secrets that callbacks are signed with, which a digest could not sign, with the key of this installation. What is
 * sealed with an earlier one still opens.
 */
export class SecretSeal {
  private readonly key: Buffer;
  private readonly earlierKeys: readonly Buffer[];

  constructor([installationKey, ...earlier]: readonly [Buffer, ...Buffer[]]) {
    const derive = (key: Buffer): Buffer => sealingKey(key, 'secrets of callbacks');
    this.key = derive(installationKey);
    this.earlierKeys = earlier.map(derive);
  }

  seal(secret: Buffer, { id, name }: SealedFor): Buffer {
    return sealBytes(this.key, secret, `${id} ${name}`);
  }

  /** @returns undefined for what another installation has sealed, or was changed */
  open(sealed: Buffer, { id, name }: SealedFor): Buffer | undefined {
    for (const key of [this.key, ...this.earlierKeys]) {
      const secret = openBytes(key, sealed, `${id} ${name}`);
      if (secret !== undefined) return secret;
    }
    return undefined;
  }
}
