import { describe, expect, it } from '@jest/globals';
import { findFullProducers, shareSlots } from './share-slots.js';

const SLOTS = 32;

function some(count: number, apiKeyName: string, hostOf: (index: number) => string, hostRoom = 8) {
  return Array.from({ length: count }, (_, index) => ({ apiKeyName, host: hostOf(index), hostRoom }));
}

function countOf(chosen: readonly { readonly apiKeyName: string }[], name: string): number {
  return chosen.filter(({ apiKeyName }) => apiKeyName === name).length;
}

describe('sharing out the slots for callbacks', () => {
  it('gives one host what it may have, and no more', () => {
    const wanted = some(200, 'shop', () => 'a.example.com:443');
    expect(shareSlots(wanted, [], SLOTS)).toHaveLength(8);
    const taken = shareSlots(wanted, [], SLOTS);
    expect(
      shareSlots(
        some(200, 'shop', () => 'a.example.com:443', 0),
        taken,
        SLOTS,
      ),
    ).toEqual([]);
  });

  it('leaves half of the slots to others when all hosts of one producer hang, and some when those of many do', () => {
    const hanging = some(200, 'shop', (index) => `${index}.example.com`);
    const taken = shareSlots(hanging, [], SLOTS);
    expect(taken).toHaveLength(16);
    expect(findFullProducers(taken, SLOTS)).toEqual(['shop']);
    const office = shareSlots([...hanging, ...some(200, 'office', (index) => `${index}.example.org`)], taken, SLOTS);
    expect([countOf(office, 'shop'), countOf(office, 'office')]).toEqual([0, 8]);
    const many = Array.from({ length: 20 }, (_, index) => some(200, `key-${index}`, (host) => `${host}.example.com`));
    const all = shareSlots(many.flat(), [], SLOTS);
    expect(all.length).toBeLessThan(SLOTS);
    expect(
      shareSlots(
        some(1, 'last', () => 'last.example.com'),
        all,
        SLOTS,
      ),
    ).toHaveLength(1);
  });

  it('leaves the next host of a producer a slot while the others of that producer hang', () => {
    const taken = shareSlots([...some(20, 'shop', () => 'a'), ...some(20, 'shop', () => 'b')], [], SLOTS);
    expect(
      shareSlots(
        some(1, 'shop', () => 'c'),
        taken,
        SLOTS,
      ),
    ).toHaveLength(1);
  });

  it('shares equally between producers that come together', () => {
    const wanted = [...some(100, 'shop', (index) => `${index}`), ...some(100, 'office', (index) => `${index}`)];
    const chosen = shareSlots(wanted, [], SLOTS);
    expect(Math.abs(countOf(chosen, 'shop') - countOf(chosen, 'office'))).toBeLessThanOrEqual(1);
  });

  it('uses the only slot there is', () => {
    expect(
      shareSlots(
        some(5, 'shop', () => 'a'),
        [],
        1,
      ),
    ).toHaveLength(1);
  });
});
