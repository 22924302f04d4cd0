/** The signed message in pieces; their concatenation is signed. */
export type Message = readonly Uint8Array[];

/** One key, checked and ready, under one scheme. */
export interface ReadyKey {
  /** Eight hex digits that identify the key and reveal nothing of it. */
  readonly keyId: string;
  /** The key itself, for templates that hold it. */
  readonly secret?: Uint8Array;
  /** Missing when the key is public. */
  readonly sign?: (message: Message) => Uint8Array | Promise<Uint8Array>;
  readonly verify: (message: Message, signature: Uint8Array) => boolean | Promise<boolean>;
}

export const KEY_ID_DIGITS = 8;
