import { describe, expect, it } from '@jest/globals';
import type { Tariff } from '@vestibule/troika-contract';
import { Snapshot } from './snapshot.js';

const TARIFF: Tariff = {
  id: '2671',
  name: 'Единый',
  description: undefined,
  imageUrl: undefined,
  currencyId: 'RUB',
  priceMin: '2800.00',
  priceMax: '9007199254740993.10',
  ticketGroup: 'tat',
  validityDays: 30,
  relatedValues: ['30', '90'],
  relatedIds: ['2672', 'x1'],
  types: ['metro'],
  zone: 'a',
};

function snapshotAt(ageMs: number, clock = () => 0): Snapshot<'tariffs'> {
  return new Snapshot('tariffs', '7', new Date('2026-03-17T09:00:00.000Z'), 60, [TARIFF], ageMs, clock);
}

describe('a dictionary in memory', () => {
  it('answers ids and amounts as numbers, digit for digit, and null for absent values', () => {
    expect(snapshotAt(0).representation().json).toBe(
      '{"tariffs":[{"id":2671,"name":"Единый","description":null,"imageUrl":null,"currencyId":"RUB",' +
        '"priceMin":2800.00,"priceMax":9007199254740993.10,"ticketGroup":"tat","validityDays":30,' +
        '"relatedValues":["30","90"],"relatedIds":[2672,"x1"],"types":["metro"],"zone":"a"}],' +
        '"fetchedAt":"2026-03-17T09:00:00.000Z","stale":false}',
    );
  });

  it('names ids of card types and regions as an order does', () => {
    const at = ['1', new Date(0), 60] as const;
    const cardType = {
      id: '1',
      name: 'Тройка',
      description: undefined,
      imageUrl: undefined,
      price: '80',
      deposit: '0.5',
    };
    expect(new Snapshot('card-types', ...at, [cardType], 0).representation().json).toContain(
      '{"cardTypes":[{"id":1,"name":"Тройка","description":null,"imageUrl":null,"price":80,"deposit":0.5}]',
    );
    expect(new Snapshot('regions', ...at, [{ id: '77', name: 'Москва' }], 0).representation().json).toContain(
      '{"regions":[{"id":77,"name":"Москва"}]',
    );
  });

  it('becomes stale after two periods, which changes its tag and its JSON', () => {
    let now = 0;
    const snapshot = snapshotAt(60_000, () => now);
    const fresh = snapshot.representation();
    now = 60_000;
    expect(snapshot.representation()).toBe(fresh);
    now = 60_001;
    const stale = snapshot.representation();
    expect(snapshot.ageSecs()).toBeCloseTo(120.001);
    expect(JSON.parse(stale.json)).toMatchObject({ stale: true });
    expect(stale.etag).not.toBe(fresh.etag);
  });

  it('has the same strong tag in another process', () => {
    expect(snapshotAt(5).representation().etag).toBe(snapshotAt(700).representation().etag);
    expect(snapshotAt(5).representation().etag).toMatch(/^"[\w-]{43}"$/);
  });
});
