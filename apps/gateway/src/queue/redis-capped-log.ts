import type { Cluster, Redis } from 'ioredis';
import { CappedLogError, type CappedLog, type CappedLogOptions, type LogLine } from './capped-log.js';

/** Entries that are read at once; each has the lines of one append. */
const PAGE = 1_000;
/** That a list is alive is recorded with its first line and then once in so many. */
const RENEW_EVERY = 500;
/** Each append is one command of the process that sends orders, so those of one moment share it. */
const LINGER_MS = 10;

/**
 * A stream of Redis for each list, and a sorted set of all lists by age. An entry has the lines that were added
 * together; its id is the number of the last one.
 *
 * @param key the prefix of every key; with a hash tag, so that a Cluster keeps all of them on one node
 * @param client fails at once while Redis is away
 */
export function openRedisCappedLog(client: Redis | Cluster, key: string, options: CappedLogOptions): CappedLog {
  const streamOf = (list: string): string => `${key}:${list}`;
  const renewedAt = new Map<string, number>();
  const waiting = new Map<string, LogLine[]>();
  /** What was added to each list so far: a stream counts entries, and a list is to keep so many lines. */
  const added = new Map<string, { entries: number; lines: number }>();
  const asking = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      throw new CappedLogError(error instanceof Error ? error.message : String(error));
    }
  };
  const renew = (list: string, seq: number): void => {
    const last = renewedAt.get(list);
    if (last !== undefined && seq - last < RENEW_EVERY) return;
    renewedAt.set(list, seq);
    client
      .pipeline()
      .zadd(key, Date.now(), list)
      .zremrangebyrank(key, 0, -1 - options.mostLists)
      .expire(key, String(options.keepSecs))
      .expire(streamOf(list), String(options.keepSecs))
      .exec()
      .catch(() => renewedAt.delete(list));
  };
  const flush = (list: string): void => {
    const lines = waiting.get(list) ?? [];
    waiting.delete(list);
    const last = lines.at(-1)?.seq;
    if (last === undefined || client.status !== 'ready') return;
    const before = added.get(list) ?? { entries: 0, lines: 0 };
    const sum = { entries: before.entries + 1, lines: before.lines + lines.length };
    added.set(list, sum);
    const mostEntries = Math.ceil((options.mostLines * sum.entries) / sum.lines);
    const fields = lines.flatMap(({ text }) => ['line', text]);
    client
      .xadd(streamOf(list), 'MAXLEN', '~', mostEntries, `${last}-0`, ...fields)
      // A lost line is still on the disk of its process, which is authoritative.
      .catch(() => undefined);
    renew(list, last);
  };
  return {
    append: (list, lines) => {
      const before = waiting.get(list);
      if (before !== undefined) return void before.push(...lines);
      waiting.set(list, [...lines]);
      setTimeout(() => flush(list), LINGER_MS);
    },
    flush: () => {
      for (const list of waiting.keys()) flush(list);
    },
    lists: () => asking(() => client.zrange(key, '0', '-1')),
    read: async function* (list, fromSeq) {
      for (let from = fromSeq; ;) {
        const entries = await asking(() => client.xrange(streamOf(list), `${from}-0`, '+', 'COUNT', PAGE));
        if (entries.length === 0) return;
        yield entries.flatMap(([id, fields]) => linesFrom(fromSeq, seqOf(id), fields));
        from = seqOf(entries.at(-1)?.[0] ?? '') + 1;
      }
    },
  };
}

function seqOf(id: string): number {
  return Number(id.split('-')[0]);
}

/** The lines of an entry from a number on: their numbers grow by one up to that of the entry. */
function linesFrom(fromSeq: number, lastSeq: number, fields: readonly string[]): string[] {
  const lines = fields.filter((_, index) => index % 2 === 1);
  return lines.slice(Math.max(0, fromSeq - (lastSeq - lines.length + 1)));
}
