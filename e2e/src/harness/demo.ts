import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from './database.js';

const APPS = fileURLToPath(new URL('../../../apps', import.meta.url));

/** The gateway and the stand-in as `npm start` runs them: only ports and the database are set. */
export interface Demo {
  readonly internalUrl: string;
  stop(): Promise<void>;
}

export async function startDemo(): Promise<Demo> {
  const database = await createDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-demo-'));
  await chmod(folder, 0o755);
  const children: ChildProcess[] = [];
  const launch = async <T>(file: string, env: Record<string, string>): Promise<T> => {
    const child = fork(join(APPS, file), {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: folder, LOG_LEVEL: 'warn', ...env },
      execArgv: [],
    });
    children.push(child);
    const [ready] = (await once(child, 'message')) as [T];
    return ready;
  };
  const sandbox = await launch<{ url: string }>('sandbox/dist/main.js', { SANDBOX_PORT: '0' });
  const { internalUrl } = await launch<{ internalUrl: string }>('gateway/dist/demo.js', {
    DATABASE_URL: database.url,
    TROIKA_URL: sandbox.url,
    PUBLIC_PORT: '0',
    INTERNAL_PORT: '0',
  });
  return {
    internalUrl,
    stop: async () => {
      for (const child of children.toReversed()) {
        const closed = once(child, 'close');
        child.kill('SIGTERM');
        await closed;
      }
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
