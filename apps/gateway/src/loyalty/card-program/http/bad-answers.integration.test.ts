import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CardProgramError } from '../card-program.error.js';
import { answer, programmeAt, startOwnSystem, type Behaviour, type OwnSystemStandIn } from './testing/own-system.js';

const CARD = {
  cardNumber: '0001',
  cardState: 'active',
  barcode: { barcodeNumber: '4006381333931', barcodeType: 'EAN_13' },
};
const LOT = { description: 'За покупку', amount: 10.5, validUntil: null };
const balance = (lot: object, total: unknown = 10.5) =>
  answer(200, { card: { ...CARD, bonus: { total, available: 10.5, bonuses: [lot] } } });

describe('HttpCardProgram before an answer against the rules', () => {
  let system: OwnSystemStandIn;
  let programme: ReturnType<typeof programmeAt>;
  beforeAll(async () => {
    system = await startOwnSystem();
    programme = programmeAt(system.url);
  });
  afterAll(() => system.stop());

  const errorOf = async (behaviour: Behaviour, call: () => Promise<unknown>): Promise<CardProgramError> => {
    system.behaviour = behaviour;
    const error: unknown = await call().catch((reason: unknown) => reason);
    if (error instanceof CardProgramError) return error;
    throw new Error('the call has an outcome', { cause: error });
  };

  it.each<[string, Behaviour, string]>([
    ['half a JSON', answer(200, '{"card":'), 'not JSON'],
    ['HTML', answer(200, '<html></html>', 'text/html'), 'not application/json'],
    ['bytes that are not UTF-8', answer(200, new Uint8Array([0x22, 0xff, 0x22])), 'not UTF-8'],
    ['nothing', answer(204), 'status 204'],
    ['a redirect', (response) => response.writeHead(302, { location: '/' }).end(), 'status 302'],
    ['an array', answer(200, [CARD]), ' is not an object'],
    ['no balance', answer(200, { card: CARD }), 'card.bonus is not an object'],
    ['a number as a text', balance(LOT, '10.5'), 'card.bonus.total is not a number'],
    ['the noise of binary fractions', balance({ ...LOT, amount: 0.1 + 0.2 }), 'card.bonus.bonuses[0].amount'],
    ['a day that does not exist', balance({ ...LOT, validUntil: '2026-02-30' }), 'validUntil is not a day'],
    ['a field left out', balance({ ...LOT, validUntil: undefined }), 'validUntil is not a day'],
    ['an unknown state', answer(200, { card: { ...CARD, cardState: 'lost' } }), 'cardState is not one of'],
    ['a number for a card number', answer(200, { card: { ...CARD, cardNumber: 1 } }), 'card.cardNumber'],
    [
      'a barcode with a wrong check digit',
      answer(200, { card: { ...CARD, barcode: { barcodeNumber: '4600051000050', barcodeType: 'EAN_13' } } }),
      'card.barcode.barcodeNumber is not a number that can be drawn as EAN_13',
    ],
    ['a refusal without a reason', answer(422, { error: 'x' }), 'reason is not a text'],
  ])('refuses %s, and logs where the fault is', async (_what, behaviour, where) => {
    const { failure, message } = await errorOf(behaviour, () => programme.getCard('0001'));
    expect(failure).toBe('ownSystemBadAnswer');
    expect(message).toContain(where);
  });

  it("passes the app's own text on character by character, as the last field", async () => {
    system.behaviour = answer(204);
    const rawBody = '\ufeff{ "code":"SPRING", "userId": 1152921506151679042,"ratio":1e400 }';
    await programme.submitPromoCode({ holder: { cardNumber: '1' }, code: 'SPRING', raw: {}, rawBody });
    const body = system.calls.at(-1)?.body ?? '';
    expect(body).toBe(`{"cardNumber":"1","phone":null,"code":"SPRING","raw":${rawBody.slice(1)}}`);
  });

  it('never repeats a value in its message', async () => {
    const { message } = await errorOf(answer(200, { phones: ['secret'] }), () => programme.listPhones());
    expect(message).toBe('phones[0] is not a phone: digits, country code first');
  });

  it('refuses a body where none is expected', async () => {
    const call = () => programme.setChannels('0001', { allow: [], deny: ['sms'] });
    expect((await errorOf(answer(200, {}), call)).failure).toBe('ownSystemBadAnswer');
  });

  it.each<[string, Behaviour]>([
    ['a wrong signature', answer(401)],
    ['an unknown path', answer(404, 'Not Found', 'text/plain')],
    ['a reason of another operation', answer(422, { reason: 'promoCodeExpired' })],
    ['a reason no one knows', answer(422, { reason: 'constructor' })],
  ])('treats %s as a refusal without its own code', async (_what, behaviour) => {
    expect((await errorOf(behaviour, () => programme.getCard('0001'))).failure).toBe('ownSystemRefused');
  });

  it('takes a reason of the list for an outcome', async () => {
    system.behaviour = answer(422, { reason: 'cardBlocked', note: 'a field it does not know' });
    expect(await programme.getCard('0001')).toEqual({ kind: 'refused', why: 'cardBlocked' });
  });

  it('leaves fields behind that it does not know', async () => {
    system.behaviour = answer(200, { card: { ...CARD, owner: 'Анна' }, debug: true });
    expect(await programme.findCard({ msisdn: '79161234567' })).toEqual({ kind: 'done', value: CARD });
  });
});
