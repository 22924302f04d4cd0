import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Json } from '../../schema/schema.js';
import { describedExamples, schemaCheckOf } from './schema-check.js';

/** What is expected of every OpenAPI document of ours. */
export function holdDocument(name: string, document: Json): void {
  const schemaCheck = schemaCheckOf(document);
  const lookUp = (pointer: string): unknown =>
    pointer
      .slice(2)
      .split('/')
      .reduce<unknown>((value, part) => (value as Json | undefined)?.[part.replaceAll('~1', '/')], document);

  describe(`the OpenAPI document of ${name}`, () => {
    it('is valid OpenAPI 3.1, by a validator that is not ours', async () => {
      const validator = new Validator();
      const { valid, errors } = await validator.validate(structuredClone(document));
      expect([valid, errors]).toEqual([true, undefined]);
      expect(validator.version).toBe('3.1');
    });

    it('points at nothing that is not there, and leaves no component unused', () => {
      const used = new Set(references(document));
      for (const reference of used) expect([reference, typeof lookUp(reference)]).toEqual([reference, 'object']);
      const components = Object.entries(document['components'] as Record<string, Json>);
      const all = components
        .filter(([kind]) => kind !== 'securitySchemes')
        .flatMap(([kind, entries]) => Object.keys(entries).map((entry) => `#/components/${kind}/${entry}`));
      expect(all.filter((entry) => !used.has(entry))).toEqual([]);
    });

    it('has schemas that a strict compiler takes', () => {
      for (const schema of Object.keys((document['components'] as { schemas: Json }).schemas)) {
        expect(() => schemaCheck(`/components/schemas/${schema}`)({})).not.toThrow();
      }
    });

    it('names each operation by an operationId of its own', () => {
      const ids = operationIdsOf(document);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    });

    it('names no two parameters of a call alike for programs, which write names without dashes', () => {
      for (const { operationId, parameters = [] } of operationsOf(document)) {
        const names = parameters.map((parameter) => parameter.name.toLowerCase().replaceAll(/[-_]/g, ''));
        expect([operationId, names]).toEqual([operationId, [...new Set(names)]]);
      }
    });

    const examples = describedExamples(document);
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
}

export function operationIdsOf(document: Json): string[] {
  return operationsOf(document).map(({ operationId }) => operationId);
}

interface HeldOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
}

/** Those of webhooks too. */
function operationsOf({ paths = {}, webhooks = {} }: Json): HeldOperation[] {
  const items = [...Object.values(paths as object), ...Object.values(webhooks as object)] as object[];
  return items.flatMap((verbs) => Object.values(verbs) as HeldOperation[]);
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}
