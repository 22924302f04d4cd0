import type { Columns } from '../pipeline/columns.js';
import { BONUSES, DAY, DAYS, EXTERNAL_ID, PERCENT, ROUBLES, textUpTo } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { upsertRows } from '../pipeline/upsert-rows.js';
import { periodFault } from '../pipeline/period-fault.js';

const COLUMNS = {
  external_id: { form: EXTERNAL_ID, required: true },
  description: { form: textUpTo(200), required: true },
  percent: { form: PERCENT, otherwise: '0' },
  fixed: { form: BONUSES, otherwise: '0' },
  minimum_sum_rub: { form: ROUBLES, otherwise: '0' },
  bonus_days: { form: DAYS },
  starts_on: { form: DAY },
  ends_on: { form: DAY },
} as const satisfies Columns;

/** What receipts earn: method 10. A period is compared with the date that the register prints, in any time zone. */
export const receiptRules = importKind({
  columns: COLUMNS,
  key: ['external_id'],
  tables: ['receipt_rules'],
  check: (row) =>
    Number(row.percent) === 0 && Number(row.fixed) === 0
      ? { field: 'percent', reason: 'is zero, and so is fixed: the rule would give nothing' }
      : periodFault(row),
  keep: upsertRows(COLUMNS, {
    table: 'receipt_rules',
    key: { external_id: 'g.external_id' },
    values: {
      description: 'g.description',
      percent: 'g.percent',
      fixed: 'g.fixed',
      minimum_sum: '(g.minimum_sum_rub * 100)::bigint',
      bonus_days: 'g.bonus_days',
      starts_at: 'g.starts_on::timestamp',
      ends_at: '(g.ends_on + 1)::timestamp',
    },
    refusals: [],
  }),
});
