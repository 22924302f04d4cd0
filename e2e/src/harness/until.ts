import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * Waits until a condition holds, asking again and again.
 *
 * @param ask gives the awaited value, or undefined while it is not there yet
 * @param what for the message when it never comes
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, limitMs = 45_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
    await delay(POLL_MS);
  }
}
