import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGatewayToEnd } from '../harness/gateway-process.js';
import { koshelek } from '../harness/koshelek.js';
import { withGateway } from '../harness/with-gateway.js';

/** A programme of one card, and of nothing else. */
const MODULE = `
const card = {
  cardNumber: '0007',
  cardState: 'active',
  barcode: { barcodeNumber: '0007', barcodeType: 'QR_CODE' },
};
const notOffered = async () => ({ kind: 'refused', why: 'methodNotOffered' });
const names = ['setChannels', 'updateProfile', 'listPurchases', 'reserveCardNumber', 'issueReservedCard', 'issueCard',
  'listOffers', 'submitReceipt', 'submitPromoCode', 'listPhones', 'listPhonesExtended'];
export default async () => ({
  ...Object.fromEntries(names.map((name) => [name, notOffered])),
  findCard: async ({ msisdn }) => ({ kind: 'done', value: msisdn === '79160000007' ? card : undefined }),
  getCard: async () => { throw new Error('a word of the inside'); },
});`;

describe('CARD_PROGRAM=module:…', () => {
  const { database, start } = withGateway({ running: false });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-module-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const env = async (source: string) => {
    const file = join(folder, 'programme.mjs');
    await writeFile(file, source);
    return { DATABASE_URL: database.url, ROLES: 'loyalty', CARD_PROGRAM: `module:${file}` };
  };

  it('asks the programme that the file exports', async () => {
    const gateway = await start(await env(MODULE));
    const api = koshelek(gateway.publicUrl);
    expect((await api.get('/card?msisdn=79160000007')).json).toMatchObject({ card: { cardNumber: '0007' } });
    expect((await api.get('/card?msisdn=79160000008')).text).toBe('');
    expect((await api.get('/card/anonymous')).code).toBe('1104');
    expect((await api.get('/card/0007')).json).toEqual({
      code: '7001',
      description: 'Недоступна система программы лояльности',
    });
  });

  it('does not start with a file that is not a programme, and names the missing operations', async () => {
    const { code, said } = await runGatewayToEnd(await env('export default { findCard() {} }'));
    expect(code).toBe(1);
    expect(said).toContain('which gives a programme without setChannels, getCard');
  });
});
