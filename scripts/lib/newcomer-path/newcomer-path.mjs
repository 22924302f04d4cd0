import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findPostgresPrograms } from '../../../e2e/servers/postgres-programs.mjs';
import { stopRequest } from '../launch.mjs';
import { ROOT } from '../set-up.mjs';
import { StepError, Steps } from '../steps.mjs';
import { promptsOf, readCode } from './document-commands.mjs';
import { choosePorts, startPostgres } from './servers.mjs';
import { openShell } from './shell.mjs';

const PASSWORD = 'newcomer';
const PRODUCTION = 'docs/en/production.md';
const RESTORE = 'docs/operations/restore.md';

/**
 * Goes the way of a newcomer, with nothing but the commands of the documents: a clone, the demo with both its calls, then
 * production with PostgreSQL, Redis, TLS and two processes, an import, the kit, an order, an upgrade, a backup and its restore.
 */
export async function newcomerPath() {
  const programs = findPostgresPrograms();
  if (programs === undefined)
    throw new StepError('PostgreSQL is not on this machine: install it, or set TEST_POSTGRES_BIN');
  const home = mkdtempSync(join(tmpdir(), 'vestibule-newcomer-'));
  chmodSync(home, 0o755); // Under root PostgreSQL runs as another user.
  const clone = join(home, 'vestibule');
  const ports = await choosePorts();
  const adapt = (command) => command.replaceAll(/\b(?:80[89]\d|5432|6379)\b/g, (port) => String(ports[port] ?? port));
  const shell = openShell(clone, environmentOf(programs, ports), adapt);
  const path = { clone, home, programs, ports, adapt, shell, steps: new Steps(12) };
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  const stops = [() => shell.close(), remove];
  const isStopped = stopRequest().then(() => true);
  try {
    if (await Promise.race([isStopped, walk(path, stops)])) throw new StepError('stopped');
  } finally {
    for (const stop of stops) await stop();
  }
  process.stdout.write(
    '✓ from a clone to production, an order and a restored backup, by the documents word for word\n',
  );
  // The wait for a signal would keep us.
  process.exit(0);
}

/** @param stops gets what has to end afterwards, the last first */
async function walk(path, stops) {
  const { clone, home, programs, ports, shell, steps } = path;
  await steps.run('clone', () => execFileSync('git', ['clone', '--quiet', ROOT, clone], { stdio: 'pipe' }));
  await tryDemo(path);
  const stopPostgres = await steps.run('start PostgreSQL', () => startPostgres(programs, home, ports[5432], PASSWORD));
  stops.unshift(stopPostgres);
  stops.unshift(() => stopRedis(path));
  await goToProduction(path);
}

/** The one of production.md continues by itself. */
async function stopRedis({ shell }) {
  const command = 'redis-cli -p 6379 -a "$(cat secrets/redis-password)" shutdown nosave';
  await shell.run(command).catch(() => undefined);
}

function environmentOf(programs, ports) {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return {
    PATH: [programs, PATH].join(delimiter),
    HOME,
    ...(TMPDIR && { TMPDIR }),
    SANDBOX_PORT: String(ports[8090]),
    PGHOST: '127.0.0.1',
    PGPORT: String(ports[5432]),
    PGPASSWORD: PASSWORD,
    // What the documents call $PG and $ADMIN, and where curl finds the certificate that they make.
    PG: `--host=127.0.0.1 --port=${ports[5432]} --username=postgres`,
    ADMIN: `https://localhost:${ports[8081]}/admin`,
    CURL_CA_BUNDLE: 'tls/cert.pem',
  };
}

/** README.md: `npm start`, then both curls. */
async function tryDemo({ clone, ports, shell, steps }) {
  const readme = readCode(clone, 'README.md');
  const ownPorts = `export PUBLIC_PORT=${ports[8080]} INTERNAL_PORT=${ports[8081]}\n`;
  const demo = await steps.run('install, build and start the demo', () =>
    shell.serve(`${ownPorts}npm start`, 'Ctrl-C stops it all.'),
  );
  await steps.run('both curls', async () => {
    expectIn(await shell.run(promptsOf(readme.having('/v1/card', 'console'))[0]), '200 OK', '"cardState":"active"');
    expectIn(await shell.run(promptsOf(readme.having('/orders', 'console'))[0]), '202 Accepted', '"status":"accepted"');
  });
  await demo.stop('SIGINT');
}

async function goToProduction({ clone, adapt, shell, steps, ports }) {
  const page = readCode(clone, PRODUCTION);
  const below = (heading, language) => page.below(heading, language);
  const runAll = async (heading) => {
    for (const block of below(heading)) await shell.run(block);
  };
  await steps.run('secrets, database, Redis, certificate, settings', async () => {
    for (const heading of ['## 1. Build', '## 2. Secrets', '## 3. Database and role', '## 4. Redis'])
      await runAll(heading);
    await runAll('## 5. TLS on both listeners');
    writeFileSync(join(clone, '.env'), adapt(below('## 6. Settings', 'ini')[0]));
  });
  const [migrate, standIn, api, worker, look] = below('## 7. Start');
  const ready = () => shell.until('both processes are ready', look, (said) => said.split('"status":"ok"').length === 3);
  const start = async (command) => await shell.serve(command, 'the gateway is serving');
  let processes = [];
  await steps.run('migrate and start two processes', async () => {
    await shell.run(migrate);
    await shell.serve(standIn, 'is listening at');
    processes = [await start(api), await start(worker)];
    await ready();
  });
  const [imports, calls] = below('## 8. Members, and the API of Кошелёк');
  await steps.run('import, a search, the kit', async () => {
    await shell.run(imports);
    expectIn(await shell.run(calls), '"cardNumber":"2100000000012"');
  });
  const [keys, order] = below('## 9. Keys, and the first order');
  await steps.run('keys, and an order that is confirmed', async () => {
    await shell.run(keys);
    await shell.until('the order is confirmed', order, (said) => said.includes('"status":"confirmed"'));
  });
  await steps.run('an upgrade: migrate, then replace both processes', async () => {
    await shell.run(readCode(clone, 'docs/upgrading.md').having('migrate.js'));
    for (const [index, command] of [api, worker].entries()) {
      await processes[index].stop();
      processes[index] = await start(command);
    }
    await ready();
  });
  await steps.run('back up and restore', async () => {
    const restore = readCode(clone, RESTORE);
    await shell.run(restore.having('pg_dump'));
    for (const one of processes) await one.stop();
    await shell.run(restore.having('pg_restore'));
    processes = [await start(api), await start(worker)];
    const key = readFileSync(join(clone, 'secrets/admin-api-keys'), 'utf8').trim().split(':')[1];
    const asOperator = (command) => `export KEY=${key}\n${command}`;
    const sending = asOperator(restore.having('$ADMIN/sending\n'));
    await shell.until('all workers have compared', sending, (said) =>
      /"state":"stopped".*"hasCompared":true/.test(said),
    );
    expectIn(await shell.run(asOperator(restore.having('$ADMIN/sending/resume'))), '"state":"open"');
    await ready();
  });
  await steps.run('the order is there, and was bought once', async () => {
    expectIn(await shell.run(order), '"status":"confirmed"');
    const bought = JSON.parse(await shell.run(`curl --fail --silent http://127.0.0.1:${ports[8090]}/_control/orders`));
    const count = (bought.orders ?? bought).length;
    if (count !== 1) throw new StepError(`the stand-in has executed ${count} orders`);
  });
}

function expectIn(said, ...expected) {
  for (const text of expected) if (!said.includes(text)) throw new StepError(`${text} is missing in:\n${said}`);
}
