import { isCardNumber, normaliseMsisdn } from '@vestibule/koshelek-contract';
import type { KnownData } from '@vestibule/koshelek-kit';
import { format } from '../../http/schema/formats.js';
import { bodyReader } from '../../http/schema/read-request.js';
import { optional, request } from '../../http/schema/schema.js';

const phone = format(
  'test-phone',
  (given) => normaliseMsisdn(given) !== undefined,
  'Must be a phone number, such as +7 916 123-45-67.',
);
const card = format('test-card', isCardNumber, 'Must be the number of a card.');

/** What the API cannot create. Nothing of it is kept. */
export const RUN_REQUEST = request({
  card: optional(
    card('The card of an existing test member, whose channels and names the run changes.', { maxLength: 50 }),
  ),
  phone: optional(phone('The phone of that member.', { maxLength: 50 })),
  blockedPhone: optional(phone('The phone of a holder whose card is blocked.', { maxLength: 50 })),
});
const read = bodyReader(RUN_REQUEST);

/** @throws ProblemError 422 with every fault */
export function readRunRequest(body: unknown): KnownData {
  const given = read(body, ({ card: number, phone: called }) =>
    (number === undefined) === (called === undefined)
      ? []
      : [{ pointer: number === undefined ? '/card' : '/phone', detail: 'A test member is a card and its phone.' }],
  );
  const blocked = given.blockedPhone === undefined ? undefined : normaliseMsisdn(given.blockedPhone);
  const msisdn = given.phone === undefined ? undefined : normaliseMsisdn(given.phone);
  return {
    ...(given.card === undefined || msisdn === undefined ? {} : { member: { cardNumber: given.card, msisdn } }),
    ...(blocked === undefined ? {} : { blockedPhone: blocked }),
  };
}
