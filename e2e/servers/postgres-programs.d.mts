/** The folder of a PostgreSQL with all its programs; undefined if this machine has none. */
export function findPostgresPrograms(): string | undefined;
