import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { SegmentOpened } from './journal-line.js';

/** What identifies a process on its machine, even against a later one with the same pid. */
export type ProcessSign = Pick<SegmentOpened, 'host' | 'pid' | 'startedAt'>;

/** This process. */
export function ownSign(): ProcessSign {
  return { host: hostname(), pid: process.pid, startedAt: startOf(process.pid) ?? '' };
}

/**
 * Whether a process is alive, as far as this machine knows.
 *
 * @returns undefined for a process of another machine, or of another container
 */
export function isAlive({ host, pid, startedAt }: ProcessSign): boolean | undefined {
  if (host !== hostname()) return undefined;
  const started = startOf(pid);
  if (started !== undefined) return started === startedAt;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process was started, in ticks since the machine was, with the machine's own start; undefined where /proc is not. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold blanks; the start is the 20th field behind it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot} ${ticks ?? ''}`;
  } catch {
    return undefined;
  }
}
