import { BARCODE_TYPES, CARD_STATES, isValidBarcode, type BarcodeType } from '@vestibule/koshelek-contract';
import { failed, notPossible, onAnswer, passed, type Check, type CheckRow, type Finding } from '../check.js';
import { fieldOf, jsonOf, scalarOf, type Exchange } from '../exchange.js';

const row = (id: string, certainty: CheckRow['certainty'], sentence: string, expected: string): CheckRow => ({
  id: `card.${id}`,
  certainty,
  method: 1,
  sentence,
  expected,
});

/** Method 1: what a card looks like. */
export const CARD: readonly Check[] = [
  onCard(
    row('fields', 'D', 'A card has cardNumber, cardState and a barcode', 'card.{cardNumber, cardState, barcode}'),
    (card, exchange) => {
      const missing = ['cardNumber', 'cardState'].filter((name) => scalarOf(fieldOf(card, name)) === undefined);
      if (typeof fieldOf(card, 'barcode') !== 'object') missing.push('barcode');
      return missing.length === 0 ? passed(exchange) : failed(`no ${missing.join(', no ')}`, exchange);
    },
  ),
  onCard(row('barcode-fields', 'D', 'A barcode has barcodeNumber and barcodeType', 'both fields'), (card, exchange) => {
    const barcode = fieldOf(card, 'barcode');
    if (barcode === undefined) return notPossible('the card has no barcode', exchange);
    const missing = ['barcodeNumber', 'barcodeType'].filter((name) => scalarOf(fieldOf(barcode, name)) === undefined);
    return missing.length === 0 ? passed(exchange) : failed(`no ${missing.join(', no ')}`, exchange);
  }),
  onCard(row('state', 'D', 'cardState is active or inactive', CARD_STATES.join(' or ')), (card, exchange) =>
    oneOf(scalarOf(fieldOf(card, 'cardState')), CARD_STATES, exchange),
  ),
  onCard(
    row('barcode-type', 'D', `barcodeType is one of ${BARCODE_TYPES.join(', ')}`, BARCODE_TYPES.join(', ')),
    (card, exchange) => oneOf(scalarOf(fieldOf(card, 'barcode', 'barcodeType')), BARCODE_TYPES, exchange),
  ),
  onCard(
    row('barcode-drawable', 'P', 'The number can be drawn as a barcode of its type', 'length and check digit fit'),
    (card, exchange) => {
      const type = scalarOf(fieldOf(card, 'barcode', 'barcodeType'));
      const number = scalarOf(fieldOf(card, 'barcode', 'barcodeNumber'));
      if (number === undefined || !isOneOf(type, BARCODE_TYPES)) return notPossible('no such barcode', exchange);
      // Another check covers overlong numbers.
      const drawable = number.length > 50 || isValidBarcode(type as BarcodeType, number);
      return drawable ? passed(exchange) : failed(`${type} ${number}`, exchange);
    },
  ),
  onCard(
    row('lengths', 'P', 'Number and barcode have at most 50 characters', 'up to 50 characters'),
    (card, exchange) => {
      const texts = [fieldOf(card, 'cardNumber'), fieldOf(card, 'barcode', 'barcodeNumber')].map(scalarOf);
      const long = texts.find((text) => text !== undefined && text.length > 50);
      return long === undefined ? passed(exchange) : failed(`${long.length} characters`, exchange);
    },
  ),
];

/** A check of the card that the search by phone finds. */
function onCard(row: CheckRow, judge: (card: unknown, exchange: Exchange) => Finding): Check {
  return onAnswer(
    row,
    (scenario) => scenario.foundByPhone(),
    (exchange) => {
      const card = fieldOf(jsonOf(exchange), 'card');
      return card === undefined ? notPossible('the search by phone finds no card', exchange) : judge(card, exchange);
    },
  );
}

function isOneOf(value: string | undefined, allowed: readonly string[]): boolean {
  return value !== undefined && allowed.includes(value);
}

function oneOf(value: string | undefined, allowed: readonly string[], exchange: Exchange): Finding {
  if (value === undefined) return notPossible('the card has no such field', exchange);
  return allowed.includes(value) ? passed(exchange) : failed(value, exchange);
}
