import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGateway, type GatewayProcess } from '../../harness/gateway-process.js';

const RETRY_MS = 200;

/** One member of the group: a gateway process that is restarted whenever it was killed. */
interface Place {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  process: GatewayProcess | undefined;
}

/** The gateway processes of one role: several, of which any may be killed at any moment. */
export class ProcessGroup {
  private readonly places: Place[];
  private closing = false;
  private isAway = false;
  private keeping: Promise<void> = Promise.resolve();
  /** Sentences about processes that ended although no one killed them. */
  readonly collapses: string[] = [];

  constructor(
    readonly role: 'orders' | 'worker',
    count: number,
    env: Readonly<Record<string, string>>,
    /** The folder for the logs of its processes; if absent, they are discarded. */
    private readonly logFolder?: string,
  ) {
    this.places = Array.from({ length: count }, (_, index) => ({
      name: `${role} ${index + 1}`,
      env: { ...env, ROLES: role === 'orders' ? 'orders,admin' : role },
      process: undefined,
    }));
  }

  async start(): Promise<void> {
    await Promise.all(this.places.map((place) => this.launch(place)));
  }

  /** Base URLs of those that serve at the moment. */
  urls(): string[] {
    return this.places.flatMap(({ process }) => (process === undefined ? [] : [process.internalUrl]));
  }

  /** Kills the one at an index; it is restarted automatically after a while. */
  async kill(index: number, downMs: number): Promise<void> {
    const place = this.places[index % this.places.length];
    const process = place?.process;
    // It may be away already, waiting for a database that is away too.
    if (place === undefined || process === undefined) return;
    place.process = undefined;
    await process.stop('SIGKILL');
    await delay(downMs);
    await this.launch(place);
  }

  /** Lets the one at an index stand still for a while, unless it is killed meanwhile. */
  async pause(index: number, ms: number): Promise<void> {
    const child = this.places[index % this.places.length]?.process?.child;
    child?.kill('SIGSTOP');
    await delay(ms);
    child?.kill('SIGCONT');
  }

  get size(): number {
    return this.places.length;
  }

  /** Kills all of them, and lets none come back before `giveBack`. */
  async takeAway(): Promise<void> {
    this.isAway = true;
    await Promise.all(
      this.places.map(async (place) => {
        const process = place.process;
        place.process = undefined;
        await process?.stop('SIGKILL');
        if (process !== undefined) void this.launch(place);
      }),
    );
  }

  giveBack(): void {
    this.isAway = false;
  }

  /** Stops all of them in the ordinary way. */
  async stop(): Promise<void> {
    this.closing = true;
    await Promise.all(
      this.places.map(async (place) => {
        const process = place.process;
        place.process = undefined;
        const code = await process?.stop();
        if (code !== undefined && code !== 0) this.collapses.push(`${place.name} stopped with exit ${String(code)}`);
      }),
    );
    await this.keeping;
  }

  private recordLog(name: string, { log, child }: GatewayProcess): void {
    if (this.logFolder === undefined) return;
    const end = { msg: `ended with ${String(child.exitCode ?? child.signalCode)}` };
    const lines = [...log, end].map((line) => `${JSON.stringify(line)}\n`).join('');
    this.keeping = this.keeping.then(() =>
      appendFile(join(this.logFolder ?? '', `${name.replace(' ', '-')}.log`), lines),
    );
  }

  /** A gateway refuses to start while its database is away; the one who supervises it tries again. */
  private async launch(place: Place): Promise<void> {
    while (!this.closing) {
      if (this.isAway) {
        await delay(RETRY_MS);
        continue;
      }
      try {
        const process = await startGateway(place.env);
        if (this.isAway) {
          await process.stop('SIGKILL');
          continue;
        }
        place.process = process;
        process.child.once('close', (code) => {
          this.recordLog(place.name, process);
          if (place.process !== process) return;
          place.process = undefined;
          const last = process.log.at(-1)?.msg ?? '';
          this.collapses.push(`${place.name} ended by itself (exit ${String(code)}), last heard: ${last}`);
          void this.launch(place);
        });
        return;
      } catch {
        // Its reason stands in its log; that it does not start at all is found by the time limit of the run.
        await delay(RETRY_MS);
      }
    }
  }
}
