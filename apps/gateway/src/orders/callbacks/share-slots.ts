import type { CallbackHost } from './outbox/endpoint-limits.js';

/** Something that wants a slot. */
interface Candidate extends CallbackHost {
  /** How many its host may get, whatever is free here. */
  readonly hostRoom: number;
}

/**
 * Shares out the slots of a process. A host gets one more only while its producer would leave more free than the host
 * has: even if a host hangs, there are free slots for the next host and for the next producer, without any being kept
 * for them. One producer alone gets half of the slots, two that hang a third each, and so on. Who has the fewest comes
 * first.
 *
 * @param candidates in the order in which each producer wants them
 * @param underWay who has the slots that are taken
 * @returns those that get one
 */
export function shareSlots<T extends Candidate>(
  candidates: readonly T[],
  underWay: readonly CallbackHost[],
  slots: number,
): T[] {
  const ofProducer = new Tally(underWay.map(({ apiKeyName }) => apiKeyName));
  const ofHost = new Tally(underWay.map(keyOf));
  const givenToHost = new Tally([]);
  const waiting = new Map<string, T[]>();
  for (const one of candidates) waiting.set(one.apiKeyName, [...(waiting.get(one.apiKeyName) ?? []), one]);
  const chosen: T[] = [];
  for (;;) {
    const free = slots - underWay.length - chosen.length;
    const mayHaveOne = (one: T): boolean =>
      ofHost.of(keyOf(one)) < free - ofProducer.of(one.apiKeyName) && givenToHost.of(keyOf(one)) < one.hostRoom;
    const next = [...waiting]
      .sort(([left], [right]) => ofProducer.of(left) - ofProducer.of(right))
      .map(([, ones]) => ones.find(mayHaveOne))
      .find((one) => one !== undefined);
    if (next === undefined) return chosen;
    const { apiKeyName } = next;
    waiting.set(
      apiKeyName,
      (waiting.get(apiKeyName) ?? []).filter((one) => one !== next),
    );
    for (const tally of [ofHost, givenToHost]) tally.add(keyOf(next));
    ofProducer.add(apiKeyName);
    chosen.push(next);
  }
}

/** @returns the producers that get no slot now, whatever they want */
export function findFullProducers(underWay: readonly CallbackHost[], slots: number): string[] {
  const ofProducer = new Tally(underWay.map(({ apiKeyName }) => apiKeyName));
  const free = slots - underWay.length;
  return [...new Set(underWay.map(({ apiKeyName }) => apiKeyName))].filter((name) => ofProducer.of(name) >= free);
}

class Tally {
  private readonly counts = new Map<string, number>();

  constructor(keys: readonly string[]) {
    for (const key of keys) this.add(key);
  }

  add(key: string): void {
    this.counts.set(key, this.of(key) + 1);
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}

/** A host of two producers is two. No name of a key has a blank in it. */
function keyOf({ apiKeyName, host }: CallbackHost): string {
  return `${apiKeyName} ${host}`;
}
