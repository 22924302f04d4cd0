/**
 * The identity of PostgreSQL: texts of whole numbers, null for facts that it does not reveal. `tables` are the oids of
 * the ledger's own tables.
 */
export interface LedgerFacts {
  readonly systemIdentifier: string | null;
  readonly databaseOid: string | null;
  readonly timeline: string | null;
  readonly tables: string | null;
}

export const FACTS = ['systemIdentifier', 'databaseOid', 'timeline', 'tables'] as const;
export type FactName = (typeof FACTS)[number];

/** What each fact that changed says of what happened, for a person. */
export const FACT_SENTENCES: Readonly<Record<FactName, string>> = {
  systemIdentifier: 'the database stands in another PostgreSQL cluster',
  databaseOid: 'the database is another one of its cluster',
  timeline: 'PostgreSQL was promoted or recovered to a point in time',
  tables: 'the tables of the ledger were made again, as a restore does',
};

/** The facts that are not what they were. */
export function differingFacts(recorded: LedgerFacts, found: LedgerFacts): FactName[] {
  return FACTS.filter((name) => recorded[name] !== found[name]);
}

/** The facts that the server does not reveal: they cannot be compared. */
export function unknownFacts(found: LedgerFacts): FactName[] {
  return FACTS.filter((name) => found[name] === null);
}
