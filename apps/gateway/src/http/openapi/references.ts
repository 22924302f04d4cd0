import { nameOf, type Json } from '../schema/schema.js';

/** @returns the document with each named schema below `components`, and a reference wherever it is used */
export function withReferences({ components, ...document }: Json): Json {
  const schemas: Record<string, unknown> = {};
  // What is one object stays one, such as a webhook that stands in two places.
  const copies = new Map<object, unknown>();
  const copyOf = (value: object): unknown => {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    const copy =
      copies.get(value) ??
      (Array.isArray(value) ? value.map(refer) : Object.fromEntries(entries.map(([name, one]) => [name, refer(one)])));
    copies.set(value, copy);
    return copy;
  };
  const refer = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const name = nameOf(value);
    if (name === undefined) return copyOf(value);
    // Reserved first, so that schemas stand in the order in which a reader meets them.
    if (!(name in schemas)) schemas[name] = undefined;
    schemas[name] ??= copyOf(value);
    return { $ref: `#/components/schemas/${name}` };
  };
  const written = copyOf(document) as Json;
  return { ...written, components: { ...(copyOf(components ?? {}) as Json), schemas } };
}
