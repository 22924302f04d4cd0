import type { Databases } from '../harness/databases.js';
import type { Programs } from '../harness/programs.js';
import type { PumpClient } from '../load/pump-client.js';

/** What a contestant did in one round. */
export interface Measurement {
  readonly perSecond: number;
  /** Whatever else is worth keeping in the JSON file: latencies in ms, counts. */
  readonly details: Readonly<Record<string, number>>;
}

/** Who the gateway is compared with, and the ratio it is to reach. */
export interface Rival {
  readonly name: string;
  readonly goal: number;
}

/** One round: a measurement of the gateway and of each rival, one after the other. */
export type Round = Readonly<Record<string, Measurement>>;

export interface RowResult {
  readonly name: string;
  readonly rivals: readonly Rival[];
  readonly rounds: readonly Round[];
}

/** What a row works with. */
export interface Environment {
  readonly databases: Databases;
  /** Databases on the PostgreSQL of the machine's packages; absent where it has none, or no row needs it. */
  readonly packagedDatabases: Databases | undefined;
  readonly programs: Programs;
  readonly pump: PumpClient;
  /** Empty at the start of each row that uses it; absent where the machine has no Redis. */
  readonly redisUrl: string | undefined;
  /** The variables with which a process sees a wrong clock; absent where the machine has no libfaketime. */
  readonly wrongClock: ((offset: string) => Readonly<Record<string, string>>) | undefined;
}

export interface Row {
  readonly name: string;
  readonly needsRedis: boolean;
  /** It needs the PostgreSQL of the machine's packages: the embedded one has not everything that it has. */
  readonly needsPackagedPostgres?: boolean;
  /** It gives a process a wrong clock. */
  readonly needsFaketime?: boolean;
  readonly rivals: readonly Rival[];
  readonly rounds: number;
  /** Starts the contestants, and gives for each the function that measures it once. */
  prepare(environment: Environment): Promise<Readonly<Record<string, () => Promise<Measurement>>>>;
}

/** The name of the gateway among the contestants. */
export const VESTIBULE = 'vestibule';
