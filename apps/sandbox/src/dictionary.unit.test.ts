import { describe, expect, it } from '@jest/globals';
import { CARD_TYPES, REGIONS, TARIFFS } from './dictionary.js';

describe('the dictionary', () => {
  it("has the tariff of the vendor's example at 2,800 roubles", () => {
    expect(TARIFFS.get(2671)).toMatchObject({ priceMinKopecks: 280_000, priceMaxKopecks: 280_000 });
  });

  it('gives only purses more than one price', () => {
    for (const { id, ticketGroup, priceMinKopecks, priceMaxKopecks } of TARIFFS.values()) {
      expect([id, priceMinKopecks < priceMaxKopecks]).toEqual([id, ticketGroup === 'purse']);
    }
  });

  it('relates tariffs only to tariffs it has', () => {
    for (const { relatedIds } of TARIFFS.values()) for (const id of relatedIds) expect(TARIFFS.has(id)).toBe(true);
  });

  it('respects the lengths of the contract and numbers every entry', () => {
    for (const { name, description } of TARIFFS.values()) {
      expect(name.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(500);
    }
    for (const id of [...CARD_TYPES.keys(), ...REGIONS.keys()]) expect(Number.isSafeInteger(id)).toBe(true);
    expect([TARIFFS.size, CARD_TYPES.size, REGIONS.size]).toEqual([8, 3, 3]);
  });
});
