import type { Json } from '../schema/schema.js';

const FORMATS: Json = {
  'date-time': '2026-11-24T09:30:00.000Z',
  uuid: '019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
};

/** @returns the example that a schema has, or one made of those of its parts; null where null is as good as anything */
export function exampleOf(schema: Json): unknown {
  const { examples, const: only, enum: choices, anyOf, oneOf, type, properties, items, format, minimum } = schema;
  const [first] = (examples ?? (only === undefined ? choices : [only]) ?? []) as unknown[];
  if (first !== undefined) return first;
  const kinds = [type].flat();
  if (kinds.includes('null') || (anyOf as Json[] | undefined)?.some((one) => one['type'] === 'null')) return null;
  const [one] = (oneOf ?? anyOf ?? []) as Json[];
  if (one !== undefined) return exampleOf(one);
  switch (kinds[0]) {
    case 'object':
      return Object.fromEntries(Object.entries((properties ?? {}) as Json).map(([n, p]) => [n, exampleOf(p as Json)]));
    case 'array':
      return [exampleOf(items as Json)];
    case 'integer':
    case 'number':
      return minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return FORMATS[format as string] ?? '';
  }
}
