import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { parse } from 'yaml';
import { hasRedisServer, startRedis } from '../../../servers/redis-server.mjs';
import { postOrder, untilStatus, type OrderView } from '../../harness/api.js';
import { Closers } from '../../harness/closers.js';
import { SECRETS, startGateway } from '../../harness/gateway-process.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { openSandbox } from '../../harness/sandbox.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
/** None of these could stand in an address as they are. */
const [DATABASE_PASSWORD, REDIS_PASSWORD] = ["a/b#c@d%e'f", 'g/h#i@j%k'];
const NOBODY = 65_534;
const LIMIT_BYTES = 60_000_000;

const read = (name: string): Promise<string> => readFile(join(ROOT, name), 'utf8');
const sh = promisify(execFile);

interface Service {
  readonly environment: Record<string, string>;
  readonly env_file?: string;
}
const dockerfile = await read('docker/Dockerfile');
const { services } = parse(await read('docker/compose.yaml'), { merge: true }) as { services: Record<string, Service> };

/** What the image sets, then what a copy of the example sets, then what compose sets: each goes before the one before it. */
async function environmentOf(service: string): Promise<Record<string, string | undefined>> {
  const [, ofImage = ''] = [...dockerfile.matchAll(/^ENV (.+)$/gm)].at(-1) ?? [];
  const { environment = {} } = services[service] ?? {};
  return { ...parseEnv(ofImage.replaceAll(' ', '\n')), ...parseEnv(await read('.env.example')), ...environment };
}

let folder: string;
let server: PostgresServer;
let sandbox: Sandbox;
const closers = new Closers();

/** The folder that the Dockerfile's own command makes of the checkout, which is built; nobody may write to it. */
async function deploy(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'vestibule-image-'));
  closers.add(async () => {
    await sh('chmod', ['-R', 'u+w', home]);
    await rm(home, { recursive: true });
  });
  await chmod(home, 0o755);
  const [, command = ''] = /^RUN (node scripts\/deploy\.mjs @vestibule\/gateway .+)$/m.exec(dockerfile) ?? [];
  const env = { ...process.env, COMMIT: '0123456789ab' };
  await sh('sh', ['-c', command.replace('/out/', `${home}/`)], { cwd: ROOT, env });
  const [, source = ''] = /^COPY --from=build \/out\/(\S+) \.$/m.exec(dockerfile.split('AS gateway')[1] ?? '') ?? [];
  await cp(join(ROOT, 'docker/is-ready.sh'), join(home, 'is-ready.sh'));
  await sh('chmod', ['-R', 'a-w', home]);
  return join(home, source);
}

beforeAll(async () => {
  folder = await deploy();
  sandbox = await openSandbox();
  closers.add(() => sandbox.close());
  server = await createServer(requirePrograms());
  closers.add(() => server.remove());
  const [programs, pgHba] = [server.programs.folder, join(server.folder, 'pg_hba.conf')];
  await writeFile(pgHba, `host all vestibule 127.0.0.1/32 scram-sha-256\n${await readFile(pgHba, 'utf8')}`);
  await server.query('select pg_reload_conf()');
  await sh('bash', [join(ROOT, 'docker/postgres/create-owner.sh')], {
    env: {
      PATH: `${programs}:${process.env['PATH']}`,
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      POSTGRES_USER: 'postgres',
      DATABASE_PASSWORD,
    },
  });
});

afterAll(() => closers.closeAll());

describe('the image', () => {
  it('holds what runs: no sources, tests, types, source maps or documents, and little else', async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const names = files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length));
    expect(names).toEqual(expect.arrayContaining(['/package.json', '/dist/main.js', '/dist/migrate.js']));
    expect(names.filter((name) => /\.(map|tsx?|mts|cts)$|\.test\.|jest\.config|README/.test(name))).toEqual([]);
    expect(names.filter((name) => /@vestibule\/[\w-]+\/src\//.test(name))).toEqual([]);
    const sizes = await Promise.all(names.map(async (name) => (await stat(folder + name)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT_BYTES);
  });

  it.each(['api', 'sender'])(
    'is reached on its internal port as %s, although the example of settings says loopback',
    async (service) => {
      expect(await environmentOf(service)).toMatchObject({
        INTERNAL_HOST: '0.0.0.0',
        SEND_JOURNAL_DIR: '/var/lib/vestibule/send-journal',
      });
    },
  );

  it('serves as a user who may write to its journals alone, in a database of its own, and buys an order', async () => {
    const journals = join(await mkdtemp(join(tmpdir(), 'vestibule-journals-')), 'send-journal');
    closers.add(() => rm(join(journals, '..'), { recursive: true }));
    await chmod(join(journals, '..'), 0o755);
    await mkdir(journals);
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    if (user.uid !== undefined) await chown(journals, user.uid, user.gid);
    const redis = (await hasRedisServer()) ? await startRedis(undefined, ['--requirepass', REDIS_PASSWORD]) : undefined;
    if (redis !== undefined) closers.add(() => redis.stop());
    const composed = (await environmentOf('api')) as Record<string, string>;
    const env = {
      ...composed,
      ...SECRETS,
      ALLOW_WEAK_SECRETS: 'true',
      ALLOW_PLAIN_HTTP: 'true',
      DATABASE_URL: (composed['DATABASE_URL'] ?? '').replace('@postgres/', `@127.0.0.1:${server.port}/`),
      DATABASE_PASSWORD,
      REDIS_URL: redis?.url ?? '',
      REDIS_PASSWORD,
      SEND_JOURNAL_DIR: journals,
      ROLES: 'loyalty,orders,admin,worker',
      TROIKA_URL: sandbox.url,
      // This machine is not a container.
      PUBLIC_HOST: '127.0.0.1',
      PUBLIC_PORT: '0',
      INTERNAL_HOST: '127.0.0.1',
      INTERNAL_PORT: '0',
    };
    const gateway = await startGateway(env, { main: 'dist/main.js', cwd: folder, ...user });
    closers.add(() => gateway.stop());
    expect(gateway.log[0]).toMatchObject({ msg: 'starting', commit: '0123456789ab' });
    const { id } = (await (await postOrder(gateway)).json()) as OrderView;
    await untilStatus(gateway, id, 'confirmed');
    const port = new URL(gateway.internalUrl).port;
    const isReady = (host: string): Promise<unknown> =>
      sh('bash', [join(folder, '../is-ready.sh')], { env: { HOSTNAME: host, INTERNAL_PORT: port } });
    await isReady('127.0.0.1');
    await expect(isReady('127.0.0.2')).rejects.toMatchObject({ code: 1 });
    expect(
      await server.query(`select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = 'vestibule'`),
    ).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
    expect(await gateway.stop()).toBe(0);
  });
});
