import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnvFile } from './read-env-file.mjs';
import { ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

const FINDER = join(ROOT, 'apps/gateway/dist/storage/embedded/running-postgres.js');

/** Opens psql in the gateway's database, with unchanged arguments. The exit code of psql is ours. */
export async function psql() {
  if (!existsSync(FINDER)) await setUp(new Steps(SET_UP_STEPS));
  await readEnvFile();
  const { args, password } = process.env.DATABASE_URL ? fromUrl(process.env.DATABASE_URL) : await embedded();
  const child = spawn('psql', [...args, ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    // The password stays out of the list of processes.
    env: { ...process.env, ...(password === undefined ? {} : { PGPASSWORD: password }) },
    stdio: 'inherit',
  });
  // Ctrl-C is for psql, which ends a statement with it.
  process.on('SIGINT', () => undefined);
  process.exitCode = await new Promise((done, reject) => {
    child.once('error', (error) =>
      reject(
        error.code === 'ENOENT'
          ? new StepError('psql is not on this machine; install the PostgreSQL client (Debian: postgresql-client)')
          : error,
      ),
    );
    child.once('close', (code) => done(code ?? 1));
  });
}

/** A database of one's own: the address without its password, and the password. */
function fromUrl(text) {
  if (!URL.canParse(text)) throw new StepError('DATABASE_URL is not a postgres:// address');
  const url = new URL(text);
  const { DATABASE_PASSWORD: beside } = process.env;
  const password = url.password === '' ? beside || undefined : decodeURIComponent(url.password);
  url.password = '';
  return { args: [url.href], password };
}

async function embedded() {
  const { findEmbeddedPostgres } = await import(pathToFileURL(FINDER).href);
  const dataDir = resolve(ROOT, process.env.DATA_DIR || '.vestibule');
  const state = await findEmbeddedPostgres(dataDir).catch((error) => {
    if (error.code === 'EACCES') throw new StepError(`no permission to read ${dataDir}; it belongs to another user`);
    throw error;
  });
  switch (state.kind) {
    case 'running':
      return {
        args: ['-h', '127.0.0.1', '-p', String(state.port), '-U', 'postgres', '-d', 'vestibule'],
        password: state.password,
      };
    case 'stopped':
      throw new StepError(`the database in ${dataDir} is not running; start it with npm start or npm run dev`);
    default:
      throw new StepError(`there is no database in ${dataDir} yet; npm start or npm run dev creates it`);
  }
}
