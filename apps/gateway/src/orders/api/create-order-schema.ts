import { LINE_RULES, ORDER_RULES, type FieldRule } from '@vestibule/troika-contract';
import { named, type Json } from '../../http/schema/schema.js';

const LINE_TYPES = ['newcard', 'owncard'] as const;
type LineType = (typeof LINE_TYPES)[number];

const LINES: Readonly<Record<LineType, readonly [name: string, what: string]>> = {
  newcard: ['NewCardLine', 'A ticket on a new card, which is delivered.'],
  owncard: ['OwnCardLine', "A ticket for the user's own card."],
};

/**
 * The body of app_create_order as JSON Schema, made of the rules that check it: one list of fields. A line is one of
 * two kinds, distinguished by its `type`. What a schema cannot say – two decimals of an amount, and whether a tariff
 * needs one – stands in the descriptions.
 */
export const CREATE_ORDER = named('CreateOrder', {
  type: 'object',
  description: 'The body of app_create_order. Its keys are sent on in the order they came in.',
  required: namesOf(ORDER_RULES, ({ required }) => required === 'always'),
  properties: {
    ...propertiesOf(ORDER_RULES),
    orderData: {
      ...ORDER_RULES.get('orderData')?.schema,
      description: 'The lines of the order: one ticket each, or several of one kind on new cards.',
      items: {
        oneOf: LINE_TYPES.map(lineOf),
        discriminator: {
          propertyName: 'type',
          mapping: Object.fromEntries(LINE_TYPES.map((type) => [type, `#/components/schemas/${LINES[type][0]}`])),
        },
      },
    },
  },
  additionalProperties: false,
  // The contract wants a phone for every line: its own, or the order's.
  if: { properties: { orderData: { items: { required: ['phone'] } } } },
  else: { required: ['phone'] },
});

function lineOf(type: LineType): Json {
  const [name, what] = LINES[type];
  return named(name, {
    type: 'object',
    description: `${what} It needs a phone of its own, unless the order has one.`,
    required: namesOf(LINE_RULES, ({ required }) => required === 'always' || required === type),
    properties: { ...propertiesOf(LINE_RULES), type: { type: 'string', const: type } },
    additionalProperties: false,
  });
}

function namesOf(rules: ReadonlyMap<string, FieldRule>, isWanted: (rule: FieldRule) => boolean): string[] {
  return [...rules].filter(([, rule]) => isWanted(rule)).map(([name]) => name);
}

function propertiesOf(rules: ReadonlyMap<string, FieldRule>): Record<string, Json> {
  return Object.fromEntries(
    [...rules].map(([name, { must, schema }]) => [name, { ...schema, description: sentence(must) }]),
  );
}

function sentence(must: string): string {
  return `${must.charAt(0).toUpperCase()}${must.slice(1)}.`;
}
