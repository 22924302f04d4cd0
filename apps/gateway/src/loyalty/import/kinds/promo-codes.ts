import { PROMO_CODE_MAX_LENGTH } from '@vestibule/koshelek-contract';
import type { Columns, Form } from '../pipeline/columns.js';
import { COUNT, DAY, DAYS, SOME_BONUSES, nameUpTo, textUpTo } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { upsertRows } from '../pipeline/upsert-rows.js';
import { periodFault } from '../pipeline/period-fault.js';

const NAME_OF_CODE = nameUpTo(PROMO_CODE_MAX_LENGTH);
/** A keyboard may type a letter as one code point or several: codes are compared in NFC. */
const CODE: Form = { ...NAME_OF_CODE, parse: (text) => NAME_OF_CODE.parse(text.normalize('NFC')) };

const COLUMNS = {
  code: { form: CODE, required: true },
  description: { form: textUpTo(200), required: true },
  bonus: { form: SOME_BONUSES, required: true },
  bonus_days: { form: DAYS },
  starts_on: { form: DAY },
  ends_on: { form: DAY },
  max_uses: { form: COUNT },
  max_uses_by_card: { form: COUNT, otherwise: '1' },
} as const satisfies Columns;

/** The moment a day of the programme begins. */
const midnight = (day: string): string => `(${day})::timestamp at time zone 'Europe/Moscow'`;

/** Promo codes that holders type: method 11. */
export const promoCodes = importKind({
  columns: COLUMNS,
  key: ['code'],
  keyIgnoresCase: true,
  tables: ['promo_codes'],
  check: periodFault,
  keep: upsertRows(COLUMNS, {
    table: 'promo_codes',
    key: { code: 'g.code' },
    match: 'without_case(t.code) = without_case(g.code)',
    values: {
      description: 'g.description',
      bonus: 'g.bonus',
      bonus_days: 'g.bonus_days',
      starts_at: midnight('g.starts_on'),
      ends_at: midnight('g.ends_on + 1'),
      max_uses: 'g.max_uses',
      max_uses_by_card: 'g.max_uses_by_card',
    },
    refusals: [{ when: 't.uses > g.max_uses', field: 'max_uses', reason: 'is less than the code has been used' }],
  }),
});
