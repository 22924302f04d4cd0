import type { Cluster, Redis } from 'ioredis';
import { CappedLogError, type CappedLog, type CappedLogOptions, type LogLine } from './capped-log.js';

const PAGE = 1_000;
/** That a list is alive is written down with its first line and then once in so many. */
const RENEW_EVERY = 500;

/**
 * A stream of Redis for each list, whose ids are the numbers of its lines, and a sorted set of all lists by age.
 *
 * @param key in front of every key; with a hash tag, so that a Cluster keeps all of them on one node
 * @param client fails at once while Redis is away
 */
export function openRedisCappedLog(client: Redis | Cluster, key: string, options: CappedLogOptions): CappedLog {
  const streamOf = (list: string): string => `${key}:${list}`;
  const renewedAt = new Map<string, number>();
  const asking = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      throw new CappedLogError(error instanceof Error ? error.message : String(error));
    }
  };
  const renew = (list: string, { seq }: LogLine): void => {
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
  return {
    append: (list, lines) => {
      const [first] = lines;
      if (first === undefined || client.status !== 'ready') return;
      const adding = client.pipeline();
      for (const { seq, text } of lines)
        adding.xadd(streamOf(list), 'MAXLEN', '~', options.mostLines, `${seq}-0`, 'line', text);
      // What does not get there is on the disk of its process, which is what counts.
      adding.exec().catch(() => undefined);
      renew(list, first);
    },
    lists: () => asking(() => client.zrange(key, '0', '-1')),
    read: async function* (list, fromSeq) {
      for (let from = fromSeq; ;) {
        const entries = await asking(() => client.xrange(streamOf(list), `${from}-0`, '+', 'COUNT', PAGE));
        if (entries.length === 0) return;
        yield entries.map(([, [, text = '']]) => text);
        const [lastId = ''] = entries.at(-1) ?? [];
        from = Number(lastId.split('-')[0]) + 1;
      }
    },
  };
}
