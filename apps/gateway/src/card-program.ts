export type { CardProgram, HolderProfile } from './loyalty/card-program/card-program.js';
export { PostgresCardProgram } from './loyalty/card-program/postgres/postgres-card-program.js';
