import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type GatewayProcess } from '../../harness/gateway-process.js';

/** A program that is built, and the root of its checkout. */
export interface Version {
  readonly name: string;
  readonly root: string;
}

interface Place {
  readonly roles: string;
  readonly disk: string;
  version: Version;
  process: GatewayProcess;
}

/** Two processes that take calls and two that send. Each has a disk, and on it one version after the other. */
export class RollingFleet {
  private constructor(
    private readonly places: Place[],
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(version: Version, env: Readonly<Record<string, string>>): Promise<RollingFleet> {
    const fleet = new RollingFleet([], env);
    for (const roles of ['loyalty,orders,admin', 'worker', 'loyalty,orders,admin', 'worker']) {
      const disk = await mkdtemp(join(tmpdir(), 'vestibule-disk-'));
      await chmod(disk, 0o755);
      fleet.places.push({ roles, disk, version, process: await fleet.run(version, roles, disk) });
    }
    return fleet;
  }

  /** Those that take calls now. */
  get callable(): readonly (Place & { readonly version: Version })[] {
    return this.places.filter(({ roles, process: { child } }) => roles !== 'worker' && child.exitCode === null);
  }

  /** Ends one process after the other and starts another version on its disk; `isHalf` ends behind the first two. */
  async roll(version: Version, isHalf: boolean): Promise<void> {
    const old = this.places.filter((place) => place.version !== version);
    for (const place of isHalf ? old.slice(0, 2) : old) {
      const code = await place.process.stop();
      if (code !== 0) throw new Error(`a process of ${place.version.name} ended with ${code}`);
      place.process = await this.run(version, place.roles, place.disk);
      place.version = version;
    }
  }

  /** Starts a process of a version beside the others, without work, and ends it. @throws Error if it refuses */
  async tryStart(version: Version): Promise<void> {
    const disk = await mkdtemp(join(tmpdir(), 'vestibule-disk-'));
    try {
      await (await this.run(version, 'admin', disk)).stop();
    } finally {
      await rm(disk, { recursive: true, force: true });
    }
  }

  /** Ends all, and removes their disks. */
  async remove(): Promise<void> {
    await Promise.all(this.places.map((place) => place.process.stop('SIGKILL')));
    await Promise.all(this.places.map(({ disk }) => rm(disk, { recursive: true, force: true })));
  }

  private run({ root }: Version, roles: string, disk: string): Promise<GatewayProcess> {
    const own = { ROLES: roles, DATA_DIR: disk, SEND_JOURNAL_DIR: join(disk, 'send-journal') };
    return startGateway({ ...this.env, ...own }, { main: join(root, 'apps/gateway/dist/main.js'), cwd: root });
  }
}
