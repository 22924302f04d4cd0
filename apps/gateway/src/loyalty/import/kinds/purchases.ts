import { CARD_NUMBER } from '../pipeline/card-number-form.js';
import type { Columns } from '../pipeline/columns.js';
import {
  DAY,
  EXTERNAL_ID,
  QUANTITY,
  SIGNED_BONUSES,
  SIGNED_ROUBLES,
  textUpTo,
  TIME_OF_DAY,
} from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { CARD_OF_LINE, upsertRows, NO_SUCH_CARD } from '../pipeline/upsert-rows.js';

const COLUMNS = {
  external_id: { form: EXTERNAL_ID, required: true },
  card_number: { form: CARD_NUMBER, required: true },
  date: { form: DAY, required: true },
  time: { form: TIME_OF_DAY, otherwise: '00:00' },
  item: { form: textUpTo(500) },
  amount_rub: { form: SIGNED_ROUBLES, required: true },
  quantity: { form: QUANTITY },
  location: { form: textUpTo(500) },
  bonuses: { form: SIGNED_BONUSES },
} as const satisfies Columns;

/** The lines of receipts: what method 5 answers. */
export const purchases = importKind({
  columns: COLUMNS,
  key: ['external_id'],
  tables: ['purchases'],
  keep: upsertRows(COLUMNS, {
    table: 'purchases',
    key: { external_id: 'g.external_id' },
    values: {
      card_number: 'g.card_number',
      bought_at: 'g.date + g.time',
      item: 'g.item',
      amount: '(g.amount_rub * 100)::bigint',
      quantity: 'g.quantity',
      location: 'g.location',
      bonuses: 'g.bonuses',
    },
    joins: CARD_OF_LINE,
    refusals: [NO_SUCH_CARD],
  }),
});
