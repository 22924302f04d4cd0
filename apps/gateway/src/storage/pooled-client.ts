import pg from 'pg';
import { DatabaseClient } from './database-client.js';

/** A query of node-postgres, as its client calls it; its types show less. */
interface Query {
  requiresPreparation(): boolean;
  prepare(connection: ProtocolWriter): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
}
interface ProtocolWriter {
  parse(statement: { text: string }): void;
  bind(values: object): void;
  execute(portal: object): void;
}
type Callback = (error: Error | null, result: unknown) => void;
type Config = string | (pg.QueryConfig & Partial<pg.Submittable>);
const Query = pg.Query as unknown as new (config: Config, values?: unknown, callback?: Callback) => Query;

/**
 * A statement that follows its settings in one exchange: PostgreSQL runs everything before a Sync as one transaction, so
 * what is set for this transaction holds for the statement and for its commit, and a pooler keeps both together.
 */
class StatementWithSettings extends Query {
  private areSet = false;

  constructor(
    private readonly settings: string,
    config: Config,
    values: unknown,
    callback: Callback,
  ) {
    super(config, values, callback);
  }

  /** Of statements in the simple protocol no two are one transaction that we begin. */
  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: ProtocolWriter): void {
    connection.parse({ text: this.settings });
    connection.bind({});
    connection.execute({});
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.areSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: unknown): void {
    if (this.areSet) super.handleCommandComplete(message, connection);
    this.areSet = true;
  }
}

/**
 * A connection to a pooler that gives each transaction a session of the pooler's choice (PgBouncer's mode `transaction`).
 * What is set for a session would be set for others, so each transaction sets what it depends on. Statements go without
 * their names: a session knows only names of its own, and whether the pooler translates them can change while we run.
 */
export class PooledClient extends DatabaseClient {
  /** One statement that sets what a transaction depends on; undefined until the connection is prepared. */
  settings: string | undefined;

  // The overloads are those of node-postgres.
  override query(...args: never[]): never {
    const [config, values, callback] = args as unknown as [Config, unknown, Callback | undefined];
    return this.run(config, values, callback) as never;
  }

  private run(config: Config, values: unknown, callback: Callback | undefined): unknown {
    const { settings } = this;
    if (settings === undefined) return super.query(config as string, values as [], callback as never);
    if (config === 'begin') return super.query(`begin isolation level read committed, not deferrable; ${settings}`);
    const statement = typeof config === 'string' ? config : { ...config, name: undefined };
    if (this.getTransactionStatus() !== 'I') return super.query(statement as string, values as [], callback as never);
    if (typeof values === 'function') return this.run(config, undefined, values as Callback);
    if (callback !== undefined) {
      return super.query(new StatementWithSettings(settings, statement as Config, values, callback) as never);
    }
    return new Promise((resolve, reject) => {
      this.run(config, values, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  }
}
