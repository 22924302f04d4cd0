import type { Columns } from '../pipeline/columns.js';
import { DAY, EXTERNAL_ID, linesUpTo, oneOf, textUpTo, WEB_ADDRESS } from '../pipeline/forms.js';
import { importKind } from '../pipeline/import-kind.js';
import { upsertRows } from '../pipeline/upsert-rows.js';
import { periodFault } from '../pipeline/period-fault.js';

const COLUMNS = {
  id: { form: EXTERNAL_ID, required: true },
  title: { form: textUpTo(200), required: true },
  description: { form: linesUpTo(4000) },
  image_url: { form: WEB_ADDRESS },
  url: { form: WEB_ADDRESS },
  starts_on: { form: DAY },
  ends_on: { form: DAY },
  for_all: { form: oneOf({ yes: 'true', no: 'false' }, 'boolean'), otherwise: 'true' },
} as const satisfies Columns;

/** Offers: method 9 answers them, to every holder, or to those that `offer-cards` names. */
export const offers = importKind({
  columns: COLUMNS,
  key: ['id'],
  tables: ['offers'],
  check: periodFault,
  keep: upsertRows(COLUMNS, {
    table: 'offers',
    key: { id: 'g.id' },
    values: {
      title: 'g.title',
      description: 'g.description',
      image_url: 'g.image_url',
      url: 'g.url',
      starts_on: 'g.starts_on',
      ends_on: 'g.ends_on',
      for_all: 'g.for_all',
    },
    refusals: [],
  }),
});
