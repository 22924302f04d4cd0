import { header, jsonAnswer, parameterRef, schemaRef, type Json } from '../build.js';
import { ACCOUNT, CARD_TYPES, REGIONS, TARIFFS } from '../catalog-examples.js';
import { problems } from '../problems.js';

const HEADERS: Json = {
  ETag: header('Changes with what is told, `stale` included.'),
  Age: header('How many seconds ago it was read.', { type: 'integer', minimum: 0 }),
  'Cache-Control': header('`max-age` is the whole refresh period: less `Age`, it says how long this may be used.'),
};

function dictionary(
  operationId: string,
  summary: string,
  schema: string,
  examples: Json,
): Readonly<Record<string, Json>> {
  return {
    get: {
      operationId,
      tags: ['Catalogue'],
      summary,
      description: `Kept in memory and read from Тройка Бизнес now and then; orders are checked against it while it is not stale. When
Тройка Бизнес cannot be reached, the last reading is reported on.`,
      parameters: [parameterRef('IfNoneMatch')],
      responses: {
        '200': jsonAnswer('The whole dictionary.', schemaRef(schema), examples, HEADERS),
        '304': { description: 'What you have is still the same.', headers: HEADERS },
        ...problems([], { 503: 'NotReadYet' }),
      },
    },
  };
}

/** What Тройка Бизнес sells, and the fund that pays for it. */
export const CATALOG_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/catalog/tariffs': dictionary('listTariffs', 'The tariffs', 'Tariffs', TARIFFS),
  '/catalog/card-types': dictionary('listCardTypes', 'The kinds of new cards', 'CardTypes', CARD_TYPES),
  '/catalog/regions': dictionary('listRegions', 'The regions new cards are delivered to', 'Regions', REGIONS),
  '/account': {
    get: {
      operationId: 'getAccount',
      tags: ['Catalogue'],
      summary: 'The guarantee fund',
      description: 'As it was read last; what was confirmed since is not taken off.',
      responses: {
        '200': jsonAnswer('The last reading.', schemaRef('Account'), ACCOUNT),
        ...problems([], { 503: 'NotReadYet' }),
      },
    },
  },
};
