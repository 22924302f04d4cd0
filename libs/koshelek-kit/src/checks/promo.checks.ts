import { expectThat, notPossible, withMember, type Check, type CheckRow } from '../check.js';
import { fieldOf, isCarriedOut, isRefused, jsonOf, scalarOf, textOf, type Exchange } from '../exchange.js';
import { digits, type Member } from '../members.js';
import type { Scenario } from '../scenario.js';

const row = (
  method: number,
  id: string,
  certainty: CheckRow['certainty'],
  sentence: string,
  expected: string,
): CheckRow => ({ id, certainty, method, sentence, expected });

/** Methods 9, 10 and 11: offers, receipts and promo codes. What their bodies look like is unknown. */
export const PROMO: readonly Check[] = [
  withMember(
    row(9, 'offers.answered', 'U', 'The offers for the holder are answered', 'the call is carried out'),
    async ({ wallet }, { cardNumber }) => {
      const exchange = await wallet.call(9, { cardNumber });
      return expectThat(isCarriedOut(exchange), exchange);
    },
  ),
  {
    ...row(9, 'offers.unknown-card', 'U', 'Offers for a card that does not exist are an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber }) => {
      const exchange = await wallet.call(9, { cardNumber: unknownCardNumber });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  exists(10, 'receipt.exists', 'The QR code of a cash receipt is sent to POST /v1/promo/qrCode', receiptBody),
  withMember(
    row(10, 'receipt.accepted', 'U', 'A fiscal QR string and something that names the card are enough', 'no refusal'),
    async ({ wallet, unknownPath }, member) => {
      const exchange = await wallet.call(10, { json: receiptBody(member) });
      if (sameAnswer(await unknownPath(), exchange)) return notPossible('the method is not there', exchange);
      return expectThat(isCarriedOut(exchange), exchange);
    },
  ),
  withMember(
    row(10, 'receipt.once', 'U', 'The same receipt (fn, i, fp) counts once', 'the same balance after the second time'),
    async (scenario, member) => {
      const json = receiptBody(member);
      const first = await scenario.wallet.call(10, { json });
      const before = await balance(scenario, member);
      if (!isCarriedOut(first)) return notPossible('no receipt is accepted', first);
      if (before === undefined) return notPossible('no balance is shown');
      const second = await scenario.wallet.call(10, { json });
      return expectThat((await balance(scenario, member)) === before, second, first);
    },
  ),
  {
    ...row(10, 'receipt.not-a-receipt', 'U', 'A text that is no fiscal receipt is an error', 'a refusal'),
    run: async ({ wallet }) => {
      const exchange = await wallet.call(10, { json: { qrCode: 'https://example.com/' } });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  withMember(
    row(10, 'receipt.shapes', 'U', 'A receipt counts once, in any form of its text', 'the same balance after each'),
    async (scenario, member) => {
      const receipt = receiptBody(member);
      const text = receipt['qr'] ?? '';
      const first = await scenario.wallet.call(10, { json: withText(receipt, text.toUpperCase()) });
      if (!isCarriedOut(first)) return notPossible('no receipt is accepted', first);
      const before = await balance(scenario, member);
      if (before === undefined) return notPossible('no balance is shown');
      const again: Exchange[] = [];
      for (const shape of [encodeURIComponent(text), `"${text.toUpperCase().replace('&I=', '&I=000')}"`]) {
        again.push(await scenario.wallet.call(10, { json: withText(receipt, shape) }));
      }
      return expectThat((await balance(scenario, member)) === before, first, ...again);
    },
  ),
  withMember(
    row(10, 'receipt.refund', 'U', 'A refund (n=2) is never credited as a sale', 'the same balance after it'),
    async (scenario, member) => {
      const before = await balance(scenario, member);
      if (before === undefined) return notPossible('no balance is shown');
      const receipt = receiptBody(member);
      const text = (receipt['qr'] ?? '').replace('&n=1', '&n=2').toUpperCase();
      const exchange = await scenario.wallet.call(10, { json: withText(receipt, text) });
      return expectThat((await balance(scenario, member)) === before, exchange);
    },
  ),
  exists(11, 'promo-code.exists', 'A promo code is sent to POST /v1/promo/code', codeBody),
  withMember(
    row(11, 'promo-code.unknown', 'U', 'A promo code that does not exist is an error', 'a refusal'),
    async ({ wallet }, member) => {
      const exchange = await wallet.call(11, { json: codeBody(member) });
      return expectThat(isRefused(exchange), exchange);
    },
  ),
];

/** A method with an undocumented answer exists if it is not answered like an unknown path. */
function exists(method: number, id: string, sentence: string, body: (member: Member) => unknown): Check {
  return withMember(
    row(method, id, 'D', sentence, 'another answer than for an address of no method'),
    async ({ wallet, unknownPath }, member) => {
      const nowhere = await unknownPath();
      const exchange = await wallet.call(method, { json: body(member) });
      return expectThat(exchange.answer.status !== 0 && !sameAnswer(nowhere, exchange), exchange, nowhere);
    },
  );
}

function sameAnswer(one: Exchange, other: Exchange): boolean {
  if (one.answer.status !== other.answer.status) return false;
  const code = fieldOf(jsonOf(one), 'code');
  if (code !== undefined) return code === fieldOf(jsonOf(other), 'code');
  // A page for an unknown address often repeats the address.
  return one.answer.status === 404 || textOf(one) === textOf(other);
}

/** The names of the fields are undocumented: each value is sent under every likely name. */
function receiptBody({ cardNumber, msisdn }: Member): Readonly<Record<string, string>> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const qr = `t=${day}T0001&s=1498.00&fn=9${digits(15)}&i=${1 + Number(digits(5))}&fp=1${digits(9)}&n=1`;
  return { qrCode: qr, qr, cardNumber, msisdn, phone: msisdn };
}

/** The same body with another text of the receipt. */
function withText(body: Readonly<Record<string, string>>, text: string): Readonly<Record<string, string>> {
  return { ...body, qrCode: text, qr: text };
}

function codeBody({ cardNumber, msisdn }: Member): Readonly<Record<string, string>> {
  const code = `NO-SUCH-${digits(8)}`;
  return { code, promoCode: code, cardNumber, msisdn, phone: msisdn };
}

async function balance({ wallet }: Scenario, { cardNumber }: Member): Promise<string | undefined> {
  const exchange = await wallet.call(3, { cardNumber });
  return scalarOf(fieldOf(jsonOf(exchange), 'card', 'bonus', 'total'));
}
