import type { Rewind } from './plan.js';

export interface ChaosOptions {
  readonly orders: number;
  readonly seed: number;
  readonly queue: 'redis' | 'postgres';
  /** How long posting takes when nothing is in the way; the kills are spread over it and a little more. */
  readonly spanMs: number;
  /** How often each kind of process is killed. */
  readonly rounds: number;
  /** How long the partner may take for one call. */
  readonly timeoutMs: number;
  /** How long everything may take to come to rest once the last kill is over. */
  readonly settleLimitMs: number;
  /** An existing folder for the logs of the gateway's processes; if absent, they are discarded. */
  readonly logFolder?: string;
  /** How the ledger goes back in time once; if absent, it does not. It needs a PostgreSQL with all its programs. */
  readonly rewind?: Rewind;
  /** The mode of a PgBouncer between the processes and PostgreSQL, which this machine has to have; if absent, none is there. */
  readonly pooler?: 'session' | 'transaction' | undefined;
  readonly say: (line: string) => void;
}
