import { date } from '../../http/schema/formats.js';
import { NEXT_CURSOR } from '../../http/schema/page.js';
import { listOf, named, object, oneOf, orNull, text, type Schema, type TypeOf } from '../../http/schema/schema.js';

const NUMBER = text('The number of the card.');
const STATE = oneOf(['active', 'inactive', 'blocked'], 'Whether the card can be used.');

/** A card in a list, with just enough about its holder to recognise the card. */
const LISTED_CARD = named(
  'ListedCard',
  object({
    number: NUMBER,
    state: STATE,
    createdAt: date('When it was made.'),
    holder: object(
      {
        name: orNull(text('Masked.')),
        phone: orNull(text('Masked.')),
        email: orNull(text('Masked.')),
      },
      { description: 'Just enough to recognise the card.' },
    ),
  }),
);
export type ListedCard = TypeOf<typeof LISTED_CARD>;
export const CARD_PAGE = named('CardPage', object({ cards: listOf(LISTED_CARD), nextCursor: NEXT_CURSOR }));

const AMOUNTS = {
  total: text('In bonuses, exact; what is available later is in it.'),
  available: text('What can be spent now.'),
};
const BALANCE = named('Balance', object(AMOUNTS));
export type Balance = TypeOf<typeof BALANCE>;

const objects = (description: string): Schema<readonly object[]> =>
  listOf<object>({ type: 'object', additionalProperties: true }, { description });
const HOLDER: Schema<Readonly<Record<string, string | null>>> = {
  type: 'object',
  additionalProperties: { type: ['string', 'null'] },
  description: 'In clear; empty when the holder was erased.',
};
/** Everything that an operator sees of one card. Days and moments are as PostgreSQL writes them in JSON. */
export const CARD = named(
  'Card',
  object({
    number: NUMBER,
    state: STATE,
    barcode: object({ number: text('What the barcode says.'), type: text('Its type, such as EAN13.') }),
    createdAt: text('When it was made.'),
    updatedAt: text('When it last changed.'),
    holder: HOLDER,
    balance: object({ ...AMOUNTS, lots: objects('The bonuses behind the balance.') }),
    consents: objects('Each channel: its present state, and its history.'),
    purchases: objects('The last ones.'),
    receipts: objects('The last ones.'),
    redemptions: objects('Of promo codes, the last ones.'),
  }),
);
export type CardView = TypeOf<typeof CARD>;

/** A card after a block or its end. */
export const CARD_STATE = named('CardState', object({ number: NUMBER, state: STATE }));

/** An adjustment that was made. */
export const ADJUSTED = named(
  'Adjusted',
  object({
    id: text('The id of the adjustment.'),
    cardNumber: NUMBER,
    amount: text('In bonuses; below zero for a debit.'),
    description: text('What the holder sees.'),
    at: date('When it was made.'),
    before: BALANCE,
    after: BALANCE,
  }),
);
export type Adjusted = TypeOf<typeof ADJUSTED>;
