import { Ajv2020 } from 'ajv/dist/2020.js';
import { FORMATS } from '../../schema/formats.js';
import type { Json } from '../../schema/schema.js';

/**
 * Says what is wrong with a value by a schema of a document.
 *
 * @param place JSON pointer of the schema, from the root of the document
 */
export type SchemaCheck = (place: string) => (value: unknown) => string[];

/** @param document OpenAPI 3.1; with closed objects a field that is not described is a fault */
export function schemaCheckOf(document: Json, { closed = false } = {}): SchemaCheck {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    formats: { uri: true, binary: true, ...Object.fromEntries([...FORMATS].map(([name, { fits }]) => [name, fits])) },
  });
  ajv.addKeyword('discriminator');
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'webhooks', 'components']);
  ajv.addSchema({ ...(closed ? (closeObjects(document) as Json) : document), $id: 'api' });
  return (place) => {
    const check = ajv.getSchema(`api#${place}`);
    if (check === undefined) throw new Error(`there is no schema at ${place}`);
    return (value) =>
      check(value) === true
        ? []
        : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** Every example of a document, and where the media type it belongs to stands. */
export function describedExamples(value: unknown, place = ''): { place: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, inner]) =>
    describedExamples(inner, `${place}/${escapePointer(name)}`),
  );
  const { schema, examples = {}, example } = value as Record<string, unknown>;
  if (schema === undefined) return found;
  const values = Object.values(examples as object).map((entry: { value: unknown }) => entry.value);
  if (example !== undefined) values.push(example);
  return [...found, ...values.map((one) => ({ place, value: one }))];
}

export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function closeObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeObjects);
  if (typeof value !== 'object' || value === null) return value;
  const closed = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closeObjects(inner)]));
  const isObject = closed['type'] === 'object' && typeof closed['properties'] === 'object';
  return isObject && closed['additionalProperties'] === undefined ? { ...closed, additionalProperties: false } : closed;
}
