import {
  integer,
  listOf,
  named,
  object,
  oneOf,
  orNull,
  text,
  type Schema,
  type TypeOf,
} from '../../http/schema/schema.js';
import { STATUS_COUNT } from '../../orders/ledger/decisions/count-by-status.js';
import { SENDING_HOLD } from '../../partner/account/sending-hold.js';

/** What a confirmation of an order would come to. */
export const CONFIRMATION_CHECK = named(
  'ConfirmationCheck',
  object({
    would: oneOf(['confirm', 'refuse'], 'What `resolve` with "confirmed" would do.'),
    because: text('Why, for a person.'),
    status: text('The state of the order.'),
    holder: orNull(text('Another order of ours that has this order of Тройка Бизнес.')),
    partner: object(
      {
        check: oneOf(['agrees', 'denies', 'unchecked'], 'What it comes to.'),
        detail: orNull(text('Why, where that does not say it all.')),
      },
      { description: 'What Тройка Бизнес answers about it.' },
    ),
    amount: object(
      {
        atPartner: orNull(text('What Тройка Бизнес says that it cost.')),
        expected: orNull(text('What the order costs by the catalogue.')),
      },
      { description: 'In roubles, exact.' },
    ),
  }),
);
export type ConfirmationCheck = TypeOf<typeof CONFIRMATION_CHECK>;

const ROWS: Schema<Readonly<Record<string, number>>> = {
  type: 'object',
  additionalProperties: { type: 'integer', minimum: 0 },
  description: 'How many rows have lost the person, by table.',
};
/** The erased data of a person. */
export const ERASURE = named(
  'Erasure',
  object({
    erased: integer('Orders that are anonymous now.', { minimum: 0 }),
    pending: integer('Orders that will be, once they are settled.', { minimum: 0 }),
    where: ROWS,
  }),
);
export type Erasure = TypeOf<typeof ERASURE>;

/** What an erasure would come to. */
export const ERASURE_PREVIEW = named(
  'ErasurePreview',
  object({
    cards: listOf(text('The number of a card.'), {
      description: 'Of the person; the numbers stay, and are blocked for good.',
    }),
    holder: orNull(text('The person, masked.')),
    orders: integer('Orders that would be anonymous at once.', { minimum: 0 }),
    pending: integer('Orders that would be, once they are settled.', { minimum: 0 }),
    goes: ROWS,
    stays: { ...ROWS, description: 'How many rows stay without the person, by table.' },
  }),
);
export type ErasurePreview = TypeOf<typeof ERASURE_PREVIEW>;

export const REPLAY_RESULT = named(
  'ReplayResult',
  object({ replayed: integer('How many are sent again.', { minimum: 0 }) }),
);
export const PURGE_RESULT = named(
  'PurgeResult',
  object({ purged: integer('How many were thrown away.', { minimum: 0 }) }),
);

const counts = listOf(STATUS_COUNT, { description: 'One entry for each state that waits for something.' });
export const ORDER_COUNTS = named('OrderCounts', object({ counts, sendingHold: SENDING_HOLD }));
export const PILES = named('Piles', object({ piles: counts, sendingHold: SENDING_HOLD }));
