import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayProcess } from '../../harness/gateway-process.js';

/** What a process holds. */
export interface ProcessLevel {
  /** In the heap and beside it. What is resident says less: the allocator keeps what was in use for a moment. */
  readonly usedBytes: number;
  /** Open files and sockets; undefined where the system does not show them. */
  readonly descriptors: number | undefined;
}

const MORE_BYTES = 64_000_000;
const MORE_DESCRIPTORS = 16;
const LIMIT_MS = 60_000;

export async function readLevel({ internalUrl, child }: GatewayProcess): Promise<ProcessLevel> {
  const answer = await fetch(`${internalUrl}/admin/metrics`, { headers: { authorization: 'Bearer test-admin-key' } });
  const page = await answer.text();
  const used = [...page.matchAll(/^nodejs_(?:heap_size_used|external_memory)_bytes (\S+)$/gm)];
  const open = await readdir(`/proc/${child.pid}/fd`).catch(() => undefined);
  return { usedBytes: used.reduce((sum, [, bytes]) => sum + Number(bytes), 0), descriptors: open?.length };
}

/** Waits until a process holds about as much as before. @returns what it holds, and what is too much of it */
export async function returnTo(
  before: ProcessLevel,
  gateway: GatewayProcess,
): Promise<{ level: ProcessLevel; faults: string[] }> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const level = await readLevel(gateway);
    const faults = [
      ...(level.usedBytes <= before.usedBytes + MORE_BYTES
        ? []
        : [`its memory stays at ${inMb(level.usedBytes)}; it was ${inMb(before.usedBytes)}`]),
      ...((level.descriptors ?? 0) <= (before.descriptors ?? 0) + MORE_DESCRIPTORS
        ? []
        : [`it keeps ${level.descriptors} descriptors open; they were ${before.descriptors}`]),
    ];
    if (faults.length === 0 || performance.now() > deadline) return { level, faults };
    await delay(200);
  }
}

export function inMb(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
