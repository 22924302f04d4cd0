import { queryReader } from '../../http/schema/read-request.js';
import { oneOf, request, type TypeOf } from '../../http/schema/schema.js';

const FLAG = ['true', 'false'] as const;
/** What `POST /admin/order-files` takes. */
export const PLACE_QUERY = request({
  again: { ...oneOf(FLAG, 'Whether to place orders that repeat those of another file.'), default: 'false' },
});
const readPlace = queryReader(PLACE_QUERY);

/** What `GET /admin/order-files/template` takes. */
export const TEMPLATE_QUERY = request({
  form: { ...oneOf(['xlsx', 'csv'], 'A workbook, or CSV.'), default: 'xlsx' },
  language: { ...oneOf(['ru', 'en'], 'The language of the titles.'), default: 'ru' },
});
const readTemplate = queryReader(TEMPLATE_QUERY);

export type TemplateQuery = TypeOf<typeof TEMPLATE_QUERY>;

/** @throws ProblemError 422 */
export function readPlaceQuery(query: unknown): { again: boolean } {
  return { again: readPlace(query).again === 'true' };
}

/** @throws ProblemError 422 */
export function readTemplateQuery(query: unknown): TemplateQuery {
  return readTemplate(query);
}
