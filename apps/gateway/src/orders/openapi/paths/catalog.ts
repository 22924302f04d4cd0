import type { Schema } from '../../../http/schema/schema.js';
import { header, IF_NONE_MATCH } from '../../../http/openapi/describe-calls.js';
import { describeOrdersCalls, type DescribedOrdersCall } from '../describe-orders-calls.js';
import { ACCOUNT } from '../../../partner/account/account-reading.js';
import { CARD_TYPES, REGIONS, TARIFFS } from '../../../partner/catalog/dictionary-views.js';

const HEADERS = {
  ETag: header('Changes with the answer, `stale` included.'),
  Age: header('How many seconds ago it was read.', { type: 'integer', minimum: 0 }),
  'Cache-Control': header('`max-age` is the whole refresh period: less `Age`, it says how long this may be used.'),
};
const problems = { 503: 'NotReadYet' } as const;

const dictionary = (operationId: string, summary: string, schema: Schema): DescribedOrdersCall => [
  operationId,
  summary,
  {
    description: `Kept in memory and read from Тройка Бизнес now and then; orders are checked against it while it is not stale. When
Тройка Бизнес cannot be reached, the last reading is reported on.`,
    headers: [IF_NONE_MATCH],
    answers: {
      200: ['The whole dictionary.', schema, undefined, HEADERS],
      304: ['What you have is still the same.', undefined, undefined, HEADERS],
    },
    problems,
  },
];

/** What Тройка Бизнес sells, and the fund that pays for it. */
export const CATALOG_PATHS = describeOrdersCalls('Catalogue', {
  'get /catalog/tariffs': dictionary('listTariffs', 'The tariffs', TARIFFS),
  'get /catalog/card-types': dictionary('listCardTypes', 'The kinds of new cards', CARD_TYPES),
  'get /catalog/regions': dictionary('listRegions', 'The regions new cards are delivered to', REGIONS),
  'get /account': [
    'getAccount',
    'The guarantee fund',
    {
      description: 'As it was read last; what was confirmed since is not taken off.',
      answers: { 200: ['The last reading.', ACCOUNT] },
      problems,
    },
  ],
});
