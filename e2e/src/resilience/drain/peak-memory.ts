import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SAMPLE_MS = 500;
const KIB = 1024;

/** The most memory that processes have had at once: what the kernel remembers, elsewhere the largest of many samples. */
export class PeakMemory {
  private readonly peaks = new Map<number, number>();
  private readonly timer: NodeJS.Timeout;

  /** @param pids by a name that a person understands */
  constructor(private readonly pids: ReadonlyMap<string, number>) {
    this.timer = setInterval(() => void this.look(), SAMPLE_MS);
  }

  /** While the processes still run. @returns by name, in bytes of resident memory */
  async read(): Promise<Map<string, number>> {
    await this.look();
    return new Map([...this.pids].map(([name, pid]) => [name, this.peaks.get(pid) ?? Number.NaN]));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    for (const pid of this.pids.values()) {
      const bytes = (await remembered(pid)) ?? (await present(pid));
      if (bytes !== undefined) this.peaks.set(pid, Math.max(bytes, this.peaks.get(pid) ?? 0));
    }
  }
}

/** Linux remembers the peak itself. */
async function remembered(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return kib === undefined ? undefined : Number(kib) * KIB;
}

async function present(pid: number): Promise<number | undefined> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : Number(stdout) * KIB;
}
