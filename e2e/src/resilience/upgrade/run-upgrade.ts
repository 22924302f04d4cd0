import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startRedis } from '../../../servers/redis-server.mjs';
import { createDatabaseOn, dump } from '../../harness/postgres/backup.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { openSandbox } from '../../harness/sandbox.js';
import { until } from '../../harness/until.js';
import { countUnsettled, readExecuted, readLedger } from '../chaos/evidence.js';
import { QUICK } from '../restore/environment.js';
import { Producers } from './producers.js';
import { RollingFleet, type Version } from './rolling-fleet.js';
import { judge } from './verdict.js';
import { followSteps, writtenSteps } from './written-steps.js';

export interface UpgradeOptions {
  readonly older: Version;
  readonly newer: Version;
  /** How many orders are accepted, at the least, in each stage. */
  readonly orders: number;
  readonly say: (line: string) => void;
}

export interface UpgradeResult {
  /** The faults, one sentence each; empty when nothing was lost, nothing doubled, and both versions answered. */
  readonly faults: readonly string[];
  /** What the older program said when it refused the newer schema, if it did. */
  readonly refusal: string | undefined;
  /** How many orders each version has accepted. */
  readonly accepted: ReadonlyMap<string, number>;
}

const DATABASE = 'vestibule';
const CARD = '2200000000017';
const PHONE = '79161234567';
const KEY = 'test-admin-key';

/** Goes from one version to another and back under load, by the steps of docs/upgrading.md. */
export async function runUpgrade(options: UpgradeOptions): Promise<UpgradeResult> {
  const stops: (() => unknown)[] = [];
  try {
    return await new Upgrade(options, stops).run();
  } finally {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  }
}

class Upgrade {
  private readonly faults: string[] = [];
  private server!: PostgresServer;
  private fleet!: RollingFleet;
  private producers!: Producers;
  private refusal: string | undefined;

  constructor(
    private readonly options: UpgradeOptions,
    private readonly stops: (() => unknown)[],
  ) {}

  async run(): Promise<UpgradeResult> {
    const { older, newer, say } = this.options;
    const sandboxUrl = await this.begin();
    await this.takeOrders(older);
    await followSteps(
      'One release to the next',
      {
        'Back up': async () => void (await dump(this.server, DATABASE)),
        Migrate: (commands) => this.migrate(commands),
        'Replace the processes': () => this.roll(newer),
        Look: (commands) => this.look(commands),
      },
      say,
    );
    await followSteps(
      'Back again',
      {
        'Try the older program': () => this.tryOlder(),
        'Replace the processes': async () => (this.refusal === undefined ? await this.roll(older) : undefined),
        Look: () => this.look(writtenSteps('One release to the next').at(-1)?.commands ?? []),
      },
      say,
    );
    await this.producers.stop();
    await until('all orders are settled', async () => ((await countUnsettled(this.url)) === 0 ? true : undefined));
    const { posted, faults } = this.producers;
    const ledger = await readLedger(this.url);
    this.faults.push(...faults, ...judge({ posted, ledger, executed: await readExecuted(sandboxUrl) }));
    const accepted = new Map<string, number>();
    for (const { version } of posted) accepted.set(version, (accepted.get(version) ?? 0) + 1);
    return { faults: this.faults, refusal: this.refusal, accepted };
  }

  private get url(): string {
    return this.server.url(DATABASE);
  }

  /** Starts the older version with load. @returns the address of the stand-in */
  private async begin(): Promise<string> {
    this.server = await createServer(requirePrograms());
    this.stops.push(() => this.server.remove());
    await createDatabaseOn(this.server, DATABASE);
    const redis = await startRedis();
    this.stops.push(() => redis.stop());
    const sandbox = await openSandbox();
    this.stops.push(() => sandbox.close());
    const addresses = { DATABASE_URL: this.url, REDIS_URL: redis.url, TROIKA_URL: sandbox.url };
    this.fleet = await RollingFleet.start(this.options.older, { ...QUICK, ...addresses });
    this.stops.push(() => this.fleet.remove());
    await this.server.query(
      `with member as (insert into members (msisdn) values ('${PHONE}') returning id)
       insert into cards (number, member_id, barcode, barcode_type) select '${CARD}', id, '${CARD}', 'EAN_13' from member`,
      DATABASE,
    );
    this.producers = new Producers(() => this.fleet.callable);
    this.stops.push(() => this.producers.stop());
    return sandbox.url;
  }

  /** While the older processes serve, which then still answer. */
  private async migrate(commands: readonly string[]): Promise<void> {
    const { older, newer } = this.options;
    const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: this.url };
    for (const command of commands) await promisify(execFile)('sh', ['-c', command], { cwd: newer.root, env });
    await this.takeOrders(older);
  }

  /** One process after the other; in the middle both versions work side by side. */
  private async roll(version: Version): Promise<void> {
    const { older, newer, say } = this.options;
    await this.fleet.roll(version, true);
    await this.takeOrders(older, newer);
    await this.repeatOrders();
    say(`   ${older.name} and ${newer.name} work side by side`);
    await this.fleet.roll(version, false);
    await this.takeOrders(version);
  }

  /** What a producer repeats is never another order, whichever version gets it. */
  private async repeatOrders(): Promise<void> {
    for (const order of this.producers.posted.slice(-10)) {
      for (const to of this.fleet.callable) {
        const { status, id } = await this.producers.again(order, to);
        // A release may refuse a repeat that it cannot compare: CHANGELOG.md says which.
        if (id !== order.id && status !== 422) {
          this.faults.push(`${to.version.name} answered ${status} (${id}) to a repeat of order ${order.id}`);
        }
      }
    }
  }

  private async tryOlder(): Promise<void> {
    const { older, say } = this.options;
    try {
      await this.fleet.tryStart(older);
    } catch (error) {
      const [sentence] = /the database is newer than this program[^\n]*/.exec((error as Error).message) ?? [];
      if (sentence === undefined) throw error;
      this.refusal = sentence;
      say(`   ${older.name} refuses: ${sentence}`);
    }
  }

  private async look(commands: readonly string[]): Promise<void> {
    for (const { process: gateway, version } of this.fleet.callable) {
      const env = { PATH: process.env['PATH'] ?? '', ADMIN: `${gateway.internalUrl}/admin`, KEY };
      for (const command of commands) {
        const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
        const { status } = JSON.parse(stdout) as { status?: string };
        if (status !== 'ok') this.faults.push(`${version.name} says at ${command.split('/').at(-1)}: ${stdout}`);
      }
    }
  }

  /** Waits until each of these versions has accepted orders from now on, and all of these are bought; both find a card. */
  private async takeOrders(...versions: readonly Version[]): Promise<void> {
    const { posted } = this.producers;
    const from = posted.length;
    await until(`${versions.map(({ name }) => name).join(' and ')} take orders`, async () => {
      const now = posted.slice(from);
      const isEnough = ({ name }: Version): boolean =>
        now.filter(({ version }) => version === name).length >= this.options.orders / versions.length;
      return versions.every((version) => isEnough(version)) ? true : undefined;
    });
    const ids = posted.slice(from).map(({ id }) => id);
    await until('these orders are confirmed', async () => {
      const confirmed = new Set(
        (await readLedger(this.url)).filter(({ status }) => status === 'confirmed').map(({ id }) => id),
      );
      return ids.every((id) => confirmed.has(id)) ? true : undefined;
    });
    for (const { process: gateway, version } of this.fleet.callable) {
      const authorization = `Basic ${Buffer.from('wallet:test-wallet-password').toString('base64')}`;
      const response = await fetch(`${gateway.publicUrl}/v1/card?msisdn=${PHONE}`, { headers: { authorization } });
      const text = await response.text();
      if (!text.includes(CARD)) this.faults.push(`${version.name} does not find the card: ${response.status} ${text}`);
    }
  }
}
