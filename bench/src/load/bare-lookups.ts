import pg from 'pg';
import { memberAt } from '../members.js';
import type { Measurement } from '../rows/row.js';
import { seededRandom } from './workload.js';

const LOOKUPS = 2_000;
const WARM_UP = 200;
/** As many lookups as the gateway puts into one statement under load. */
const BATCH = 64;

/** The gateway's own lookup by phone, without the gateway. */
const LOOKUP = `
select w.search, c.number from unnest($1::text[], $2::text[]) as w (value, search)
  join cards c on c.holder_msisdn = w.value`;

let rounds = 0;

/** Looks phones up in statements of 64, one after the other on one connection; gives lookups a second. */
export async function measureLookups(url: string, members: number): Promise<Measurement> {
  rounds += 1;
  const random = seededRandom(rounds);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const lookUp = async (): Promise<void> => {
      const phones = Array.from({ length: BATCH }, () => memberAt(Math.floor(random() * members)).msisdn);
      const values = [phones, phones.map((_, at) => String(at))];
      const { rowCount } = await client.query({ name: 'lookup', text: LOOKUP, values });
      if (rowCount !== BATCH) throw new Error(`${rowCount} cards were found for ${BATCH} phones`);
    };
    for (let done = 0; done < WARM_UP; done += 1) await lookUp();
    const started = performance.now();
    for (let done = 0; done < LOOKUPS; done += 1) await lookUp();
    const seconds = (performance.now() - started) / 1000;
    const lookups = LOOKUPS * BATCH;
    return { perSecond: lookups / seconds, details: { microsecondsPerLookup: (seconds * 1e6) / lookups } };
  } finally {
    await client.end();
  }
}
