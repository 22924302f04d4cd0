import type { Cluster, Redis } from 'ioredis';

/** A delayed job carries its time in its score, in milliseconds, above twelve bits that keep the order. */
const SCORE_PER_MS = 0x1000;
/** The caller asks about jobs that should run by now: one with a longer delay was queued by a wrong clock. */
const EARLY_MS = 1_000;
/** A job that is overdue by so much will not be started: the clocks of all workers are behind. */
const LATE_MS = 10_000;
/** So many entries of the lists are read in one call, to keep the load of Redis low. */
const MOST_COMPARED = 5_000_000;
const LEAST_ASKED = 20;

type Answers = [error: Error | null, result: unknown][] | null;

/**
 * Which jobs a worker will start. That a job exists is not enough: any key may be evicted or lost, and a job that is in
 * none of the lists is never started, while its id cannot be added again.
 *
 * @param base the prefix of every key of the queue
 * @param ids of jobs that should run by now
 */
export async function findStartable(
  redis: Redis | Cluster,
  base: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const first = redis.pipeline().time().llen(`${base}:wait`).llen(`${base}:active`);
  for (const id of ids) {
    first.exists(`${base}:${id}`).zscore(`${base}:delayed`, id).zscore(`${base}:prioritized`, id);
  }
  const [time, waiting, active, ...places] = read(await first.exec());
  const nowMs = Number((time as string[])[0]) * 1_000;
  const startable = new Set<string>();
  const unplaced: string[] = [];
  ids.forEach((id, index) => {
    const [exists, delayed, prioritized] = places.slice(3 * index, 3 * index + 3);
    if (exists !== 1) return;
    if (typeof delayed === 'string') {
      const inMs = Number(delayed) / SCORE_PER_MS - nowMs;
      if (inMs <= 1_000 + EARLY_MS && inMs >= -LATE_MS) startable.add(id);
    } else if (typeof prioritized === 'string') startable.add(id);
    else unplaced.push(id);
  });
  const affordable = Math.max(LEAST_ASKED, Math.floor(MOST_COMPARED / (Number(waiting) + Number(active) + 1)));
  // Longer lists are read in parts, a different one each time, until all are read.
  const asked = unplaced.length <= affordable ? unplaced : sample(unplaced, affordable);
  for (const id of unplaced) startable.add(id);
  for (const id of await findUnlisted(redis, base, asked)) startable.delete(id);
  return startable;
}

async function findUnlisted(redis: Redis | Cluster, base: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const asking = redis.pipeline();
  // Jobs that should run are at the end from which jobs are taken.
  for (const id of ids) {
    for (const list of ['wait', 'paused', 'active']) asking.lpos(`${base}:${list}`, id, 'RANK', -1);
  }
  const places = read(await asking.exec());
  return ids.filter((_, index) => places.slice(3 * index, 3 * index + 3).every((place) => place === null));
}

function read(answers: Answers): unknown[] {
  if (answers === null) throw new Error('Redis did not answer');
  return answers.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

function sample(items: readonly string[], count: number): string[] {
  const from = Math.floor(Math.random() * items.length);
  return [...items.slice(from), ...items.slice(0, from)].slice(0, count);
}
