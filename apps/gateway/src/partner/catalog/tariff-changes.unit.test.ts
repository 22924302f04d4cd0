import { describe, expect, it } from '@jest/globals';
import type { Tariff } from '@vestibule/troika-contract';
import { compareTariffs } from './tariff-changes.js';

const tariff = (id: string, priceMin: string | undefined, more: Partial<Tariff> = {}): Tariff =>
  ({ id, name: `Tariff ${id}`, priceMin, priceMax: priceMin, ...more }) as Tariff;
const events = (before: Tariff[], after: Tariff[]) => compareTariffs(before, after).map(({ event }) => event);

describe('compareTariffs', () => {
  it('reports a changed price, a removed tariff and a new one', () => {
    const before = [tariff('1', '2800'), tariff('2', '100'), tariff('3', '50')];
    const after = [tariff('1', '2900.50'), tariff('2', '100', { priceMax: '200' }), tariff('4', '7')];
    expect(events(before, after)).toMatchObject([
      {
        kind: 'tariff.price-changed',
        severity: 'warning',
        message: 'Tariff 1 «Tariff 1» costs 2900.5 roubles now; it was 2800.',
        details: { tariffId: '1', before: { priceMin: '2800' }, after: { priceMin: '2900.50' } },
      },
      { kind: 'tariff.price-changed', message: 'Tariff 2 «Tariff 2» costs 100–200 roubles now; it was 100.' },
      { kind: 'tariff.vanished', severity: 'warning', details: { tariffId: '3', before: { priceMin: '50' } } },
      { kind: 'tariff.appeared', severity: 'info', details: { tariffId: '4', after: { priceMin: '7' } } },
    ]);
  });

  it('does not report the same amount in another form, another order or another name', () => {
    const before = [tariff('1', '2800'), tariff('2', undefined)];
    expect(events(before, [tariff('2', undefined), tariff('1', '2800.00', { name: 'Other' })])).toEqual([]);
    expect(events([tariff('1', '2.8e3')], [tariff('1', '2800')])).toEqual([]);
  });

  it('reports a price that appears or disappears', () => {
    expect(events([tariff('1', undefined)], [tariff('1', '5')])).toMatchObject([
      { message: 'Tariff 1 «Tariff 1» costs 5 roubles now; it was ?.' },
    ]);
  });

  it('reports many at once in one event, with all of their ids', () => {
    const many = Array.from({ length: 50 }, (_, index) => tariff(String(index), '1'));
    const noted = events(many, []);
    expect(noted).toHaveLength(21);
    expect(noted.at(-1)).toMatchObject({
      kind: 'tariff.vanished',
      message: expect.stringMatching(/^30 further tariffs/),
    });
    expect(noted.at(-1)?.details['tariffIds']).toHaveLength(30);
  });

  it('writes nothing that the database refuses', () => {
    const [event] = events([], [tariff('1', '5', { name: 'a\0b\uD800' })]);
    expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud800/);
  });
});
