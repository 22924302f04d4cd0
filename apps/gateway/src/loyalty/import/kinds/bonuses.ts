import { CARD_NUMBER } from '../pipeline/card-number-form.js';
import type { Columns } from '../pipeline/columns.js';
import { DAY, EXTERNAL_ID, SOME_BONUSES, textUpTo } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { CARD_OF_LINE, upsertRows, NO_SUCH_CARD } from '../pipeline/upsert-rows.js';

const COLUMNS = {
  external_id: { form: EXTERNAL_ID, required: true },
  card_number: { form: CARD_NUMBER, required: true },
  amount: { form: SOME_BONUSES, required: true },
  description: { form: textUpTo(200), otherwise: 'Бонусы' },
  available_from: { form: DAY },
  valid_until: { form: DAY },
} as const satisfies Columns;

/** Lots of bonuses, each with its own period: method 3 answers them as the balance. */
export const bonuses = importKind({
  columns: COLUMNS,
  key: ['external_id'],
  tables: ['bonus_lots'],
  check: ({ available_from: from, valid_until: until }) =>
    from !== null && until !== null && until < from
      ? { field: 'valid_until', reason: 'is before available_from' }
      : undefined,
  keep: upsertRows(COLUMNS, {
    table: 'bonus_lots',
    // Other sources have external ids of their own.
    key: { source: `'import'`, external_id: 'g.external_id' },
    values: {
      card_number: 'g.card_number',
      description: 'g.description',
      amount: 'g.amount',
      available_from: 'g.available_from',
      valid_until: 'g.valid_until',
    },
    joins: CARD_OF_LINE,
    refusals: [
      NO_SUCH_CARD,
      // A lot never moves to another card, and never becomes less than what was spent of it.
      { when: 't.card_number <> g.card_number', field: 'card_number', reason: 'is not the card of these bonuses' },
      { when: 't.spent > g.amount', field: 'amount', reason: 'is less than has been spent of these bonuses' },
    ],
  }),
});
