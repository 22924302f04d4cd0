import { CARD_NUMBER } from '../pipeline/card-number-form.js';
import type { Columns } from '../pipeline/columns.js';
import { EXTERNAL_ID } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { CARD_OF_LINE, upsertRows, NO_SUCH_CARD } from '../pipeline/upsert-rows.js';

const COLUMNS = {
  offer_id: { form: EXTERNAL_ID, required: true },
  card_number: { form: CARD_NUMBER, required: true },
} as const satisfies Columns;

/** The cards of an offer that is not for all: one line per card. */
export const offerCards = importKind({
  columns: COLUMNS,
  key: ['offer_id', 'card_number'],
  tables: ['offer_cards'],
  keep: upsertRows(COLUMNS, {
    table: 'offer_cards',
    key: { card_number: 'g.card_number', offer_id: 'g.offer_id' },
    values: {},
    joins: `${CARD_OF_LINE} left join offers o on o.id = g.offer_id`,
    refusals: [{ when: 'o.id is null', field: 'offer_id', reason: 'is the id of no offer' }, NO_SUCH_CARD],
  }),
});
