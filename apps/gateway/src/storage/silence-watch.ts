import type { Socket } from 'node:net';
import pg from 'pg';
import type { DatabaseClient } from './database-client.js';
import { withOwnConnection } from './own-connection.js';

/** How often connections are looked at. */
const PERIOD_MS = 1_000;
/** How long a statement may be unanswered before the server is asked about it over another connection. */
const SILENT_MS = 2_000;
/** How long the server may take to answer that question. */
const ASK_LIMIT_MS = 2_000;
/** A session whose process is not known yet: its first statement may wait for a place at a pooler. */
const UNKNOWN_LIMIT_MS = 10_000;
/** So many questions in a row must find that the server is not at it, because an answer may be on its way. */
const ENOUGH_STRIKES = 2;
/** Behind a pooler no process is ours: a statement of a server that can be reached has its limit of 30 s to end. */
const POOLED_LIMIT_MS = 35_000;
/** A connection that only listens is asked for a sign of life this often. */
const PING_MS = 3_000;

/** What of a client the types do not show. */
interface Wire {
  readonly readyForQuery?: boolean;
  readonly connection: { readonly stream: Socket };
}

/** Of every pool of the process. */
const watches = new Set<SilenceWatch>();

interface Watched {
  /** Bytes it had received when something last happened on it. */
  bytes: number;
  sinceMs: number;
  wasBusy: boolean;
  strikes: number;
}

/** Where statements are answered. */
export interface WatchedServer {
  readonly url: string;
  /** Given where `url` leads to a pooler that gives sessions to transactions: where the server itself is. */
  readonly directUrl: string | undefined;
}

const FIND_ACTIVE = `
select pid from pg_stat_activity
 where pid = any($1) and (state = 'disabled' or state = 'active' and wait_event is distinct from 'ClientWrite')`;

/**
 * Finds connections that have fallen silent: a machine that died without a word, or a network that drops packets, ends
 * no connection, and its statements would wait for minutes. A statement may take long, so time alone decides nothing:
 * after two seconds the server is asked, over a connection of its own, whether it is at that statement. One that is not,
 * or a server that does not answer at all, loses the connection, and the one who waits gets an error at once.
 */
export class SilenceWatch {
  private readonly watched = new Map<DatabaseClient, Watched>();
  private readonly inUse = new Set<pg.ClientBase>();
  private readonly timer: NodeJS.Timeout;
  private asking = false;

  /**
   * @param server where it is asked
   * @param onSilent called for each connection that is given up
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly server: WatchedServer,
    private readonly onSilent: (error: Error) => void,
  ) {
    pool.on('acquire', (client) => this.inUse.add(client));
    pool.on('release', (_error, client) => this.inUse.delete(client));
    watches.add(this);
    this.timer = setInterval(() => this.look(), PERIOD_MS).unref();
  }

  /** From its first statement on. */
  add(client: DatabaseClient): void {
    this.watched.set(client, { bytes: 0, sinceMs: performance.now(), wasBusy: false, strikes: 0 });
    client.once('end', () => {
      this.watched.delete(client);
      this.inUse.delete(client);
    });
  }

  private look(): void {
    if (this.pool.ended && this.watched.size === 0) {
      clearInterval(this.timer);
      watches.delete(this);
    }
    const silent = [...this.watched].filter(([client, seen]) => this.isSilent(client, seen));
    if (silent.length > 0 && !this.asking) {
      this.asking = true;
      void this.ask(silent.map(([client]) => client)).finally(() => (this.asking = false));
    }
  }

  private isSilent(client: DatabaseClient, seen: Watched): boolean {
    const now = performance.now();
    const { bytesRead } = wireOf(client).connection.stream;
    const busy = isBusy(client);
    if (bytesRead !== seen.bytes || busy !== seen.wasBusy) {
      Object.assign(seen, { bytes: bytesRead, sinceMs: now, wasBusy: busy, strikes: 0 });
      return false;
    }
    if (!busy && now - seen.sinceMs >= PING_MS && this.isListening(client)) void client.query('select').catch(ignore);
    return busy && now - seen.sinceMs >= (client.backendPid === undefined ? UNKNOWN_LIMIT_MS : SILENT_MS);
  }

  /** In use, without a statement, to receive notifications. */
  private isListening(client: DatabaseClient): boolean {
    return this.inUse.has(client) && client.listenerCount('notification') > 0;
  }

  private async ask(silent: readonly DatabaseClient[]): Promise<void> {
    const active = await this.findActive(silent.flatMap(({ backendPid }) => backendPid ?? []));
    for (const client of silent) {
      const seen = this.watched.get(client);
      const { stream } = wireOf(client).connection;
      if (seen === undefined || active === undefined || !isBusy(client) || stream.bytesRead !== seen.bytes) continue;
      if (this.isAtIt(client, seen, active)) {
        seen.strikes = 0;
        continue;
      }
      seen.strikes += 1;
      if (seen.strikes >= ENOUGH_STRIKES) this.giveUp(client);
    }
  }

  private isAtIt(client: DatabaseClient, { sinceMs }: Watched, active: ReadonlySet<number> | 'away'): boolean {
    if (active === 'away') return false;
    if (client.backendPid !== undefined) return active.has(client.backendPid);
    return this.server.directUrl !== undefined && performance.now() - sinceMs < POOLED_LIMIT_MS;
  }

  /** Which of these processes are at a statement; undefined when the server does not say. */
  private async findActive(pids: readonly number[]): Promise<ReadonlySet<number> | 'away' | undefined> {
    const { url, directUrl } = this.server;
    // A pooler lets clients in by itself, so that each of the two is asked.
    if (directUrl !== undefined && (await this.askAt(url, () => Promise.resolve('here'))) === 'away') return 'away';
    return await this.askAt(directUrl ?? url, async (client) => {
      const { rows } = await client.query<{ pid: number }>(FIND_ACTIVE, [pids]);
      return new Set(rows.map(({ pid }) => pid));
    });
  }

  /** Over a connection of its own. */
  private async askAt<T>(url: string, ask: (client: DatabaseClient) => Promise<T>): Promise<T | 'away' | undefined> {
    try {
      return await withOwnConnection(url, ASK_LIMIT_MS, ask);
    } catch (error) {
      // A server that answers with an error, such as too many connections, is up but gives no list.
      return error instanceof pg.DatabaseError ? undefined : 'away';
    }
  }

  private giveUp(client: DatabaseClient): void {
    const error = new Error('a database connection fell silent and was given up');
    this.onSilent(error);
    wireOf(client).connection.stream.destroy(error);
    // Those that lie idle went the same way, most likely, those of the queue too: the next statement gets a new one.
    for (const watch of watches) if (watch.server.url === this.server.url) watch.dropIdle(error);
  }

  private dropIdle(error: Error): void {
    for (const client of this.watched.keys()) {
      if (!this.inUse.has(client)) wireOf(client).connection.stream.destroy(error);
    }
  }
}

function wireOf(client: DatabaseClient): Wire {
  return client as unknown as Wire;
}

function isBusy(client: DatabaseClient): boolean {
  return wireOf(client).readyForQuery === false;
}

function ignore(): void {
  // What is wrong with the connection shows in the next look at it.
}
