import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCard } from '../../harness/cards.js';
import { Closers } from '../../harness/closers.js';
import { openDatabase } from '../../harness/database.js';
import { startGateway } from '../../harness/gateway-process.js';
import { startSandboxProcess } from '../chaos/sandbox-process.js';
import { FUZZ_ENV } from './environment.js';
import { runFuzz, type FuzzOptions, type FuzzResult } from './run-fuzz.js';

/** Starts PostgreSQL, the stand-in and a gateway, fuzzes it, and stops all of it. */
export async function runFuzzAlone(options: Pick<FuzzOptions, 'requests' | 'seed' | 'say'>): Promise<FuzzResult> {
  const closers = new Closers();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-fuzz-'));
    closers.add(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
    const postgres = await startEmbeddedPostgres(folder);
    closers.add(() => postgres.stop());
    const database = openDatabase(postgres.url);
    closers.add(() => database.drop());
    const sandbox = await startSandboxProcess({ rate: 0, seed: 0 });
    closers.add(() => sandbox.stop());
    const gateway = await startGateway({ ...FUZZ_ENV, DATABASE_URL: postgres.url, TROIKA_URL: sandbox.url });
    closers.add(() => gateway.stop());
    const { number: cardNumber } = await makeCard(database);
    return await runFuzz({ ...options, gateway, cardNumber });
  } finally {
    await closers.closeAll();
  }
}
