import pg from 'pg';

/** The databases of one run: one per contestant, all on the same server. */
export class Databases {
  private readonly admin: pg.Client;

  private constructor(private readonly serverUrl: string) {
    this.admin = new pg.Client({ connectionString: serverUrl });
  }

  static async open(serverUrl: string): Promise<Databases> {
    const databases = new Databases(serverUrl);
    await databases.admin.connect();
    return databases;
  }

  /**
   * Creates a database, after dropping an old one.
   *
   * @param template another database of ours without connections, of which it becomes a copy
   * @returns its address
   */
  async create(name: string, template = 'template0'): Promise<string> {
    const full = fullName(name);
    await this.admin.query(`drop database if exists ${full} with (force)`);
    await this.admin.query(
      `create database ${full} template ${template === 'template0' ? template : fullName(template)}`,
    );
    return this.urlOf(name);
  }

  /** Drops every database that a run has made, also one that was cut off. */
  async dropAll(): Promise<void> {
    const { rows } = await this.admin.query<{ name: string }>(
      "select datname as name from pg_database where datname like 'bench\\_%'",
    );
    for (const { name } of rows) await this.admin.query(`drop database ${name} with (force)`);
  }

  urlOf(name: string): string {
    return this.serverUrl.replace(/\/[^/]*$/, `/${fullName(name)}`);
  }

  /** The settings a result depends on. */
  async settings(): Promise<Record<string, string>> {
    const names = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers'];
    const { rows } = await this.admin.query<{ name: string; setting: string }>(
      'select name, current_setting(name) as setting from pg_settings where name = any($1)',
      [names],
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  }

  async close(): Promise<void> {
    await this.admin.end();
  }
}

function fullName(name: string): string {
  return `bench_${name.replaceAll(/\W/g, '_')}`;
}

/** Runs statements in a database and gives the rows of the last one. */
export async function queryOnce<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text, values);
    return rows;
  } finally {
    await client.end();
  }
}
