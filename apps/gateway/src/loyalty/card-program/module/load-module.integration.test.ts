import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModuleProgram } from './load-module.js';

const OTHERS = [
  'setChannels',
  'updateProfile',
  'listPurchases',
  'reserveCardNumber',
  'issueReservedCard',
  'issueCard',
  'listOffers',
  'submitReceipt',
  'submitPromoCode',
  'listPhones',
  'listPhonesExtended',
];
const PROGRAMME = `{
  found: { kind: 'done', value: undefined },
  async findCard() { return this.found; },
  async getCard(number) { if (number === 'slow') return new Promise(() => {}); throw new Error('a fault of the module'); },
  ${OTHERS.map((name) => `async ${name}() { return { kind: 'refused', why: 'methodNotOffered' }; }`).join(',\n')}
}`;

describe('loadModuleProgram', () => {
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-module-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const load = async (source: string, limitMs = 10_000) => {
    const file = join(folder, `${(files += 1)}.mjs`);
    await writeFile(file, source);
    return await loadModuleProgram(file, limitMs);
  };

  it.each([
    ['a programme', `export default ${PROGRAMME}`],
    ['a function that gives one', `export default () => (${PROGRAMME})`],
    ['a function that gives a promise of one', `export default async () => (${PROGRAMME})`],
  ])('takes %s', async (_what, source) => {
    expect(await (await load(source)).findCard({ msisdn: '79161234567' })).toEqual({ kind: 'done', value: undefined });
  });

  it.each([
    ['no default export', 'export const programme = 1;', 'has no programme as its default export'],
    ['a text', 'export default "programme"', 'has no programme as its default export'],
    ['a fault in its code', 'throw new Error("oh")', 'cannot be loaded (oh)'],
    [
      'operations missing',
      `export default { ...${PROGRAMME}, getCard: 1, listPhones: undefined }`,
      'getCard, listPhones',
    ],
  ])('refuses a file with %s, and says so', async (_what, source, problem) => {
    await expect(load(source)).rejects.toThrow(problem);
  });

  it('turns what the module throws into an outage, and an answer that does not come into a timeout', async () => {
    const programme = await load(`export default ${PROGRAMME}`, 100);
    await expect(programme.getCard('1')).rejects.toMatchObject({ failure: 'ownSystemUnavailable' });
    await expect(programme.getCard('slow')).rejects.toMatchObject({ failure: 'ownSystemTimeout' });
  });
});
