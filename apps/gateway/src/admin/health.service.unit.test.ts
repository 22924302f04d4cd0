import { expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Conditions } from '../health/conditions.js';
import { meaningOf, type PartName } from '../health/parts/part-table.js';
import { NO_DOUBT, Part } from '../health/parts/part.js';
import type { Parts } from '../health/parts/parts.js';
import { HealthService } from './health.service.js';

const never = (): Promise<never> => new Promise(() => undefined);

/** A process in which everything hangs. @param downs what the watch has found out of reach */
const hanging = (...downs: readonly PartName[]): HealthService => serviceOf(downs, false);
/** One that was asked to end. */
const leaving = (): HealthService => serviceOf([], true);

function serviceOf(downs: readonly PartName[], isLeaving: boolean): HealthService {
  const found = (['database', 'redis', 'partner', 'own-system', 'callbacks'] as const).map((name) => {
    const part = new Part(name, undefined, NO_DOUBT);
    part.note(!downs.includes(name));
    return part;
  });
  const parts = {
    get: (wanted: string) => found.find(({ name }) => name === wanted),
    list: () => found.map(({ view }) => view),
  };
  return new HealthService({ query: never } as unknown as pg.Pool, {
    pingQueue: never,
    conditions: { list: () => [] } as unknown as Conditions,
    parts: parts as unknown as Parts,
    look: never,
    isLeaving: () => isLeaving,
  });
}

it('answers though everything hangs, by what is known', async () => {
  expect(await hanging().check()).toEqual({ status: 'ok', database: 'up', queue: 'up' });
  expect(await hanging('database').check()).toEqual({ status: 'down', database: 'down', queue: 'up' });
  expect(await hanging('redis').check()).toEqual({ status: 'degraded', database: 'up', queue: 'down' });
});

it('stays ready while only systems of others are away', async () => {
  const health = hanging('partner', 'own-system', 'callbacks');
  expect(await health.check()).toMatchObject({ status: 'ok' });
  expect(health.show()).toMatchObject({ status: 'ok' });
});

it('says that the process is stopping, whatever else there is to say', async () => {
  expect(await leaving().check()).toMatchObject({ status: 'stopping', database: 'up' });
});

it('shows which program it is: its version, its commit and its Node', () => {
  expect(hanging().show()).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    commit: expect.stringMatching(/^([0-9a-f]{12}|unknown)$/),
    node: process.versions.node,
  });
});

it('shows each part with its state, since when, and what that means', () => {
  const shown = hanging('partner').show();
  expect(shown.parts.map(({ part, state }) => `${part} ${state}`)).toEqual([
    'database up',
    'redis up',
    'partner down',
    'own-system up',
    'callbacks up',
  ]);
  expect(shown.parts[2]).toMatchObject({ since: expect.any(Date), meaning: meaningOf('partner', 'down') });
});
