import { BARCODE_TYPES, isValidBarcode, type BarcodeType } from '@vestibule/koshelek-contract';
import { BARCODE_OF_LINE, BARCODE_REFUSAL, LOCK_BARCODES } from '../pipeline/barcodes.js';
import { BARCODE, CARD_NUMBER } from '../pipeline/card-number-form.js';
import type { Columns } from '../pipeline/columns.js';
import { oneOf } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { upsertRows } from '../pipeline/upsert-rows.js';

const COLUMNS = {
  number: { form: CARD_NUMBER, required: true },
  barcode: { form: BARCODE },
  barcode_type: { form: oneOf(Object.fromEntries(BARCODE_TYPES.map((type) => [type, type]))), required: true },
  kind: { form: oneOf({ pool: 'pool', agreed: 'agreed' }), otherwise: 'pool' },
} as const satisfies Columns;

/** Numbers for future cards: a pool to assign, or one that Кошелёк keeps on its side. */
export const numbers = importKind({
  columns: COLUMNS,
  key: ['number'],
  tables: ['card_numbers'],
  check: ({ number, barcode, barcode_type: type }) =>
    isValidBarcode(type as BarcodeType, barcode ?? number)
      ? undefined
      : {
          field: barcode === null ? 'number' : 'barcode',
          reason: 'is no barcode of its type: its length, its characters or its check digit',
        },
  claims: ({ number, barcode }) => [{ field: 'barcode', value: barcode ?? number, owner: number }],
  keep: async (client, rows) => {
    await client.query(LOCK_BARCODES);
    return await keep(client, rows);
  },
});

const keep = upsertRows(COLUMNS, {
  table: 'card_numbers',
  key: { number: 'g.number' },
  values: { kind: 'g.kind', barcode: 'coalesce(g.barcode, g.number)', barcode_type: 'g.barcode_type' },
  joins: `left join cards c on c.number = g.number left join card_numbers n on n.number = g.number ${BARCODE_OF_LINE}`,
  refusals: [
    { when: 'c.number is not null and n.number is null', field: 'number', reason: 'is the number of a card' },
    {
      when: `t.of_line is not null
               and (c.number is not null or t.issued_at is not null or t.reserved_until >= clock_timestamp())`,
      field: 'number',
      reason: 'is in use and cannot be changed',
    },
    BARCODE_REFUSAL,
  ],
});
