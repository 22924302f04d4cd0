import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasFaketime, wrongClock } from '../../servers/wrong-clock.mjs';
import { browserChoices } from '../harness/browser.js';
import { Closers } from '../harness/closers.js';
import { openDatabase } from '../harness/database.js';
import { startGateway } from '../harness/gateway-process.js';
import { csvOfOrders } from '../harness/order-file.js';
import { startSandboxProcess } from '../resilience/chaos/sandbox-process.js';
import { until } from '../harness/until.js';
import { listPages } from './pages.js';
import { seedEvents, seedFund } from './seed-fund.js';
import { seedOrders } from './seed-orders.js';
import { seedPeople } from './seed-people.js';
import { shoot } from './shoot.js';

/** 03:41 in Moscow, whenever the pictures are made; a machine without libfaketime has its own time in them. */
const NIGHT = '2026-11-27T00:41:00Z';

/** Starts PostgreSQL, the stand-in and a gateway, fills them with an invented company, and takes pictures of its console. */
export async function runShots(folder: string, say: (line: string) => void): Promise<number> {
  const [program] = browserChoices();
  if (program === undefined) throw new Error('no Chromium is installed; TEST_CHROMIUM names one');
  const clock = clockOfTheNight(say);
  const closers = new Closers();
  try {
    const place = await mkdtemp(join(tmpdir(), 'vestibule-shots-'));
    closers.add(() => rm(place, { recursive: true, force: true }));
    await chmod(place, 0o755); // Under root PostgreSQL runs as another user.
    const ownEnv = { ...process.env };
    Object.assign(process.env, clock);
    const postgres = await startEmbeddedPostgres(place);
    process.env = ownEnv;
    closers.add(() => postgres.stop());
    const database = openDatabase(postgres.url);
    closers.add(() => database.drop());
    const sandbox = await startSandboxProcess({ rate: 0, seed: 0 });
    closers.add(() => sandbox.stop());
    const gateway = await startGateway({
      ...clock,
      DATABASE_URL: postgres.url,
      TROIKA_URL: sandbox.url,
      TROIKA_CATALOG_REFRESH_SECS: '86400',
      TROIKA_ACCOUNT_REFRESH_SECS: '86400',
      TROIKA_FUND_FLOOR: '500000',
      TROIKA_FUND_LOW: '1000000',
    });
    closers.add(() => gateway.stop());
    await until('the dictionaries and the fund are read', async () => {
      const { rows } = await database.pool.query(`select from partner_refreshes where done_at is null`);
      return rows.length === 0;
    });
    await seedEvents(database.pool);
    await seedOrders(database.pool);
    await seedFund(database.pool);
    await seedPeople(database.pool, gateway);
    await placeFile(gateway.internalUrl);
    const { rows } = await database.pool.query<{ now: Date }>('select now()');
    const pages = await listPages(database.pool);
    return await shoot({ program, url: gateway.internalUrl, pages, folder, now: rows[0]?.now ?? new Date(), say });
  } finally {
    await closers.closeAll();
  }
}

function clockOfTheNight(say: (line: string) => void): Record<string, string> {
  const secs = Math.round((Date.parse(NIGHT) - Date.now()) / 1_000);
  if (hasFaketime()) return wrongClock(`${secs < 0 ? '' : '+'}${secs}s`);
  say('libfaketime is not installed: the pictures have the present time');
  return {};
}

/** A list of orders with three bad lines, as the office sends it. */
async function placeFile(url: string): Promise<void> {
  const answer = await fetch(`${url}/admin/order-files`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
    body: new Uint8Array(csvOfOrders(40, 9_000)),
  });
  if (!answer.ok) throw new Error(`the file was not placed: ${await answer.text()}`);
}
