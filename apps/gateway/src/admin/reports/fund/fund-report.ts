import { date, uuid } from '../../../http/schema/formats.js';
import { flag, integer, listOf, named, object, orNull, text, type TypeOf } from '../../../http/schema/schema.js';

const READING = object({ amount: text('What was left, in roubles.'), readAt: date('When it was read.') });
const count = (description: string) => integer(description, { minimum: 0 });

/** Of an amount, as an order that was paid while the fund was read may be in either reading. */
const bounds = (description: string) =>
  object(
    {
      least: text('When such orders count as between the readings.'),
      most: text('When they do not.'),
    },
    { description },
  );

/** What happened between two readings of the guarantee fund. Amounts in roubles, exact. */
const SPAN = named(
  'FundSpan',
  object({
    before: READING,
    after: READING,
    lost: text('How much less was left at its end; below zero when the fund was filled up.'),
    paid: object(
      {
        orders: count('Orders that Тройка Бизнес or an operator says are paid.'),
        roubles: text('What they have cost.'),
        withoutAmount: count('Those of them whose cost is not known.'),
      },
      { description: 'What the ledger explains.' },
    ),
    refunded: object(
      {
        tickets: count('Tickets whose refund became known.'),
        roubles: text('What came back for them.'),
        withoutAmount: count('Those of them whose price is not known.'),
      },
      { description: 'What came back.' },
    ),
    unexplained: bounds('lost − paid + refunded; below zero for what came in without an explanation.'),
    unknown: object(
      {
        orders: count('Orders whose outcome was not known.'),
        roubles: orNull(text('What they cost by the catalogue; null where a price is not known.')),
      },
      { description: 'What could explain the rest.' },
    ),
  }),
);
export type FundSpan = TypeOf<typeof SPAN>;

const SUSPECT = named(
  'FundSuspect',
  object({
    id: uuid('The order.'),
    reference: orNull(text('The reference of its producer.')),
    key: text('The name of the key that placed it.'),
    status: text('Its state now.'),
    cost: orNull(text('What it costs by the catalogue; null where a price is not known.')),
    startedAt: date('When the attempt without an outcome began.'),
  }),
);
export type FundSuspect = TypeOf<typeof SUSPECT>;

/** The answer of the reconciliation with Тройка Бизнес. */
export const FUND_REPORT = named(
  'FundReport',
  object({
    zone: text('The time zone of its days, such as Europe/Moscow.'),
    spans: listOf(SPAN, {
      description: 'One after the other: from the last reading of a day or hour to that of the next.',
    }),
    total: orNull(SPAN),
    left: bounds(
      'What left the fund without an explanation, added up over the spans: money that came in hides none of it.',
    ),
    came: bounds('What came in without an explanation, added up in the same way; usually the fund was filled up.'),
    suspects: listOf(SUSPECT, { description: 'The orders that could explain the rest, the first ones first.' }),
    moreSuspects: flag('Whether there are more of them.'),
  }),
);
export type FundReport = TypeOf<typeof FUND_REPORT>;
