import { exactNumber } from '../../core/exact-number.js';
import { date, uuid } from '../../http/schema/formats.js';
import { flag, integer, listOf, named, object, type TypeOf } from '../../http/schema/schema.js';
import { partnerNumber, partnerNumberOrNull } from '../answer-fields.js';
import { FUND_FIELDS, readingView, type AccountReading } from './account-reading.js';
import type { Between, FundEvidence } from './fund-evidence.js';

/** The fund as it was read once. */
export const FUND_READING = named(
  'FundReading',
  object({
    ...FUND_FIELDS,
    askedAt: date('Тройка Бизнес read it after this moment.'),
    readAt: date('And before this one.'),
  }),
);

const NEIGHBOUR = object({
  id: uuid('The id of the order.'),
  totalAmount: partnerNumberOrNull('What it cost, in roubles.'),
  startedAt: date('When its attempt began.'),
  endedAt: date('When it ended.'),
  atEdge: flag('Part of its attempt is outside: both readings may include it, or neither.'),
});
export const FUND_BETWEEN = named(
  'FundBetween',
  object({
    confirmed: listOf(NEIGHBOUR, { description: 'Orders that were confirmed about the same time.' }),
    otherUnknown: integer('Other orders with an unknown outcome at about the same time.', { minimum: 0 }),
    unexplained: object(
      {
        least: partnerNumber('When those at an edge count as between the readings.', 2_800),
        most: partnerNumber('When they do not.', 2_800),
      },
      { description: 'What left the fund and no confirmed order explains, in roubles.' },
    ),
  }),
);

type Shown<T> = TypeOf<T> | null;

/** `{"fundBefore", "fundAfter", "fundBetween"}`, each null while unknown; exact amounts. */
export function fundEvidenceView({ before, after, between }: FundEvidence): {
  fundBefore: Shown<typeof FUND_READING>;
  fundAfter: Shown<typeof FUND_READING>;
  fundBetween: Shown<typeof FUND_BETWEEN>;
} {
  return { fundBefore: momentView(before), fundAfter: momentView(after), fundBetween: between && betweenView(between) };
}

function momentView(reading: AccountReading | null): Shown<typeof FUND_READING> {
  return reading && { ...readingView(reading), askedAt: reading.askedAt, readAt: reading.readAt };
}

function betweenView({
  confirmed,
  otherUnknown,
  unexplainedLeast,
  unexplainedMost,
}: Between): TypeOf<typeof FUND_BETWEEN> {
  return {
    confirmed: confirmed.map(({ id, totalAmount, startedAt, endedAt, atEdge }) => ({
      id,
      totalAmount: exactNumber(totalAmount),
      startedAt: new Date(startedAt),
      endedAt: new Date(endedAt),
      atEdge,
    })),
    otherUnknown: otherUnknown.length,
    unexplained: { least: exactNumber(unexplainedLeast), most: exactNumber(unexplainedMost) },
  };
}
