/** What a name leads to; a name that is not in the table does not exist. */
export type Names = Record<string, readonly string[] | 'silent'>;

export interface NameServer {
  /** As CALLBACK_DNS_SERVERS has it. */
  readonly address: string;
  /** The name of every question, in their order. */
  readonly asked: readonly string[];
  /** May be changed while it runs. */
  readonly names: Names;
  close(): Promise<void>;
}

/** A name server on loopback. Questions about a silent name get no answer. */
export function startNameServer(names: Names): Promise<NameServer>;
