import { FORMATS } from './formats.js';
import type { Json } from './schema.js';

const listed = (choices: unknown): string => (choices as string[]).join(', ');

/** What a field must be, by the first of these keywords that its schema has. */
const SENTENCES: Readonly<Record<string, (schema: Json) => string | undefined>> = {
  not: ({ description }) => description as string,
  format: ({ format }) => FORMATS.get(format as string)?.must,
  enum: (schema) => `Must be one of ${listed(schema['enum'])}.`,
  maxItems: ({ minItems, maxItems }) => `Must be a list of ${String(minItems)} to ${String(maxItems)} entries.`,
  items: ({ items }) => `Must be one or several of ${listed((items as Json)['enum'])}.`,
  maximum: ({ minimum, maximum }) => `Must be a whole number from ${String(minimum)} to ${String(maximum)}.`,
  maxLength: ({ minLength, maxLength }) => `Must be a text of ${String(minLength)} to ${String(maxLength)} characters.`,
  type: ({ type }) => (type === 'boolean' ? 'Must be true or false.' : `Must be of type ${String(type)}.`),
};

/** The sentence for a value that does not fit a schema; it never holds the value, which may be personal data. */
export function mustOf(schema: Json): string {
  for (const [keyword, sentence] of Object.entries(SENTENCES)) {
    const must = schema[keyword] === undefined ? undefined : sentence(schema);
    if (must !== undefined) return must;
  }
  return 'Must be something else.';
}
