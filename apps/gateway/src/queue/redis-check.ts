import type { Cluster, Redis } from 'ioredis';
import type { Condition } from '../health/conditions.js';
import type { HealthCheck } from '../health/health-watch.js';

type Connection = Redis | Cluster;

const REFUSES = 'queue.refuses';
const EVICTS = 'queue.evicts';

/** The commands of BullMQ's scripts; without permission for one of them a queue starts nothing. */
const COMMANDS: readonly (readonly string[])[] = [
  ['set', '1', 'px', '60000'],
  ['get'],
  ['del'],
  ['hset', 'field', '1'],
  ['hget', 'field'],
  ['hmget', 'field'],
  ['hgetall'],
  ['hexists', 'field'],
  ['hincrby', 'field', '1'],
  ['hdel', 'field'],
  ['del'],
  ['lpush', '1'],
  ['rpush', '2'],
  ['lrange', '0', '-1'],
  ['lindex', '0'],
  ['llen'],
  ['lrem', '1', '2'],
  ['rpoplpush', 'KEY'],
  ['rpop'],
  ['del'],
  ['zadd', '1', 'member'],
  ['zscore', 'member'],
  ['zcard'],
  ['zrange', '0', '-1'],
  ['zrangebyscore', '0', '1'],
  ['zpopmin'],
  ['zremrangebyscore', '0', '1'],
  ['zrem', 'member'],
  ['del'],
  ['sadd', 'member'],
  ['smembers'],
  ['srem', 'member'],
  ['del'],
  ['incr'],
  ['pexpire', '60000'],
  ['pttl'],
  ['exists'],
  ['type'],
  ['del'],
  ['xadd', 'maxlen', '1', '*', 'field', '1'],
  ['xtrim', 'maxlen', '1'],
  ['del'],
];

/** Runs each command on one of our keys, and returns the refusals as `command: reason`. */
const TRY = `
local refused = {}
for index = 1, #ARGV do
  local call = cjson.decode(ARGV[index])
  local name = table.remove(call, 1)
  for place = 1, #call do if call[place] == 'KEY' then call[place] = KEYS[1] end end
  local answer = redis.pcall(name, KEYS[1], unpack(call))
  if type(answer) == 'table' and answer.err then table.insert(refused, name .. ': ' .. answer.err) end
end
return refused`;

/**
 * Whether a Redis permits all commands of a queue, and whether it may evict our keys.
 *
 * @param prefix of our keys
 * @param login the error of our login, if refused
 */
export function checkRedis(
  connection: Connection,
  prefix: string,
  login: { readonly refusal: string | undefined },
): HealthCheck {
  return {
    kinds: [REFUSES, EVICTS],
    find: async () => {
      const { refusal } = login;
      if (refusal !== undefined) return [refusedLogin(refusal)];
      return [...(await findRefused(connection, prefix)), ...(await findEviction(connection))];
    },
  };
}

function refusedLogin(refusal: string): Condition {
  return {
    kind: REFUSES,
    severity: 'critical',
    message: `The Redis of REDIS_URL refuses our user or password (${refusal}): correct REDIS_URL. Orders are kept and nothing is queued.`,
  };
}

/** @throws the error of the Redis when we may not write or run scripts: READONLY, OOM, NOPERM … */
export async function tryQueueWork(connection: Connection, prefix: string): Promise<void> {
  await connection.eval(`return redis.call('set', KEYS[1], '1', 'px', '60000')`, 1, `${prefix}:probe`);
}

async function findRefused(connection: Connection, prefix: string): Promise<Condition[]> {
  const refused: string[] = [];
  const note = (name: string) => (error: unknown) => {
    // `ping` detects a lost connection; only an error of the server is a refusal.
    const { message } = error as Error;
    if (!/^[A-Z]+ /.test(message)) throw error;
    refused.push(`${name}: ${message}`);
  };
  const calls = COMMANDS.map((command) => JSON.stringify(command));
  await connection.info('server').catch(note('info'));
  await connection.bzpopmin(`${prefix}:probe:none`, 0.01).catch(note('bzpopmin'));
  await connection
    .eval(TRY, 1, `${prefix}:probe:work`, ...calls)
    .then((found) => refused.push(...(found as string[])), note('eval'));
  await connection.evalsha('0'.repeat(40), 0).catch((error: Error) => {
    if (!error.message.startsWith('NOSCRIPT')) note('evalsha')(error);
  });
  if (refused.length === 0) return [];
  const names = [...new Set(refused.map((line) => line.slice(0, line.indexOf(':'))))];
  const [first = ''] = refused;
  const isRight = refused.some((line) => /NOPERM|ACL|can't run this command/.test(line));
  const remedy = isRight
    ? `Grant its user ${names.map((name) => `+${name}`).join(' ')}, and the keys ${prefix}:*.`
    : 'Until that is mended, orders are kept and nothing is queued.';
  return [
    {
      kind: REFUSES,
      severity: 'critical',
      message: `The Redis of REDIS_URL refuses what a queue needs: ${names.join(', ')} (${first.slice(first.indexOf(':') + 2)}). ${remedy}`,
    },
  ];
}

async function findEviction(connection: Connection): Promise<Condition[]> {
  // A user without INFO is reported above.
  const memory = await connection.info('memory').catch(() => '');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  const limit = /^maxmemory:(\d+)/m.exec(memory)?.[1] ?? '0';
  if (policy === undefined || policy === 'noeviction') return [];
  const severity = limit === '0' ? 'warning' : 'critical';
  return [
    {
      kind: EVICTS,
      severity,
      message: `The Redis of REDIS_URL has maxmemory-policy ${policy}: it may throw jobs away, which are then queued again later than they could be. Set maxmemory-policy noeviction.`,
    },
  ];
}
