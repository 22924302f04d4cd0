import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Json } from '../../http/schema/schema.js';
import { OPENAPI } from './openapi.js';
import { describedExamples, schemaCheck } from './testing/schema-check.js';

const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
};

/** Every object in a value that is like this. */
const found = (value: unknown, isLike: (value: Json) => boolean): Json[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap((each) => found(each, isLike));
  return isLike(value as Json) ? [value as Json, ...inner] : inner;
};

const lookUp = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, name) => (value as Json | undefined)?.[name.replaceAll('~1', '/')], OPENAPI);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, by a validator that is not ours', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(OPENAPI));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(validator.version).toBe('3.1');
  });

  it('gives no two operations one id, and no two parameters names that programs write alike', () => {
    const operations = found(OPENAPI, (value) => 'operationId' in value);
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const { operationId, parameters = [] } of operations) {
      const names = (parameters as { name: string }[]).map(({ name }) => name.toLowerCase().replaceAll(/[-_]/g, ''));
      expect([operationId, names]).toEqual([operationId, [...new Set(names)]]);
    }
  });

  it('points at nothing that is not there, and leaves no component unused', () => {
    const used = new Set(references(OPENAPI));
    for (const reference of used) expect([reference, typeof lookUp(reference)]).toEqual([reference, 'object']);
    const components = Object.entries(OPENAPI['components'] as Record<string, Json>);
    const all = components
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, entries]) => Object.keys(entries).map((name) => `#/components/${kind}/${name}`));
    expect(all.filter((name) => !used.has(name))).toEqual([]);
  });

  it('has schemas that a strict compiler takes', () => {
    for (const name of Object.keys((OPENAPI['components'] as { schemas: Json }).schemas)) {
      expect(() => schemaCheck(`/components/schemas/${name}`)({})).not.toThrow();
    }
  });

  const examples = describedExamples();
  it.each(examples.map(({ place, value }): [string, unknown] => [place, value]))(
    'shows an example that fits: %s',
    (place, value) => {
      expect(schemaCheck(`${place}/schema`)(value)).toEqual([]);
    },
  );

  it('shows an example of every body and of every answer that has one', () => {
    expect(examples.length).toBeGreaterThan(20);
  });
});
