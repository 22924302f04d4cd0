import { readFileSync } from 'node:fs';

/** What most systems give a process that asks for nothing. */
const USUAL = 1_024;

/** How many files and sockets this process may have open at once; as most systems have it where Linux does not say. */
export function openFilesLimit(): number {
  try {
    return limitIn(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return USUAL;
  }
}

/** @param limits the text of `/proc/self/limits` */
export function limitIn(limits: string): number {
  const [, soft] = /^Max open files +(\d+|unlimited) /m.exec(limits) ?? [];
  if (soft === 'unlimited') return Number.MAX_SAFE_INTEGER;
  return soft === undefined ? USUAL : Number(soft);
}
