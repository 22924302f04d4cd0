import { Ajv2020 } from 'ajv/dist/2020.js';
import { FORMATS } from '../../../http/schema/formats.js';
import { OPENAPI } from '../openapi.js';

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  formats: { uri: true, ...Object.fromEntries([...FORMATS].map(([name, { fits }]) => [name, fits])) },
});
ajv.addKeyword('discriminator');
ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'webhooks', 'components']);
ajv.addSchema({ ...OPENAPI, $id: 'api' });

/**
 * Says what is wrong with a value by a schema of the document.
 *
 * @param place JSON pointer of the schema, from the root of the document
 */
export function schemaCheck(place: string): (value: unknown) => string[] {
  const check = ajv.getSchema(`api#${place}`);
  if (check === undefined) throw new Error(`there is no schema at ${place}`);
  return (value) =>
    check(value) === true ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every example of the document, and where the media type it belongs to stands. */
export function describedExamples(value: unknown = OPENAPI, place = ''): { place: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, inner]) =>
    describedExamples(inner, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  const { schema, examples = {}, example } = value as Record<string, unknown>;
  if (schema === undefined) return found;
  const values = Object.values(examples as object).map((entry: { value: unknown }) => entry.value);
  if (example !== undefined) values.push(example);
  return [...found, ...values.map((one) => ({ place, value: one }))];
}
