import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { ENDPOINTS, type Endpoint, type Operation } from './endpoints.js';
import { GOOD_ANSWERS, REQUESTS } from './testing/examples.js';
import { answer, programmeAt, startOwnSystem, type OwnSystemStandIn } from './testing/own-system.js';

interface Described {
  readonly responses: Readonly<
    Record<
      string,
      { content?: { 'application/json': { schema: { properties: { reason: { enum: readonly string[] } } } } } }
    >
  >;
}
const file = new URL('../../../../../../docs/card-program.openapi.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Readonly<Record<string, { post: Described }>>;
};
const OPERATIONS = Object.keys(ENDPOINTS) as Operation[];

/** Whether a value matches the schema of the document at a path below an operation. */
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ ...document, $id: 'api' });
const fits = (operation: Operation, place: string, value: unknown): boolean =>
  ajv.validate({ $ref: `api#/paths/~1${operation}/post/${place}/content/application~1json/schema` }, value);

/** Every copy of a JSON value that lacks one field of one of its objects. */
function withoutOneField(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, at) => withoutOneField(item).map((less) => value.with(at, less)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...withoutOneField(inner).map((less) => ({ ...value, [name]: less }))];
  });
}

describe('docs/card-program.openapi.json', () => {
  let system: OwnSystemStandIn;
  beforeAll(async () => {
    system = await startOwnSystem(answer(422, { reason: 'methodNotOffered' }));
  });
  afterAll(() => system.stop());

  it('describes every operation, and no other', () => {
    expect(Object.keys(document.paths)).toEqual(OPERATIONS.map((operation) => `/${operation}`));
  });

  it.each(OPERATIONS)('describes the answers of %s as they are read', (operation) => {
    const { responses } = document.paths[`/${operation}`]!.post;
    const { value, refusals }: Endpoint<Operation> = ENDPOINTS[operation];
    expect(Object.keys(responses)).toEqual([value === undefined ? '204' : '200', '422', '4XX', '5XX']);
    const reasons = responses['422']?.content?.['application/json'].schema.properties.reason.enum;
    expect([...(reasons ?? [])].sort()).toEqual(Object.keys(refusals).sort());
  });

  it.each(REQUESTS)('describes the request of %s, with and without what may be missing', async (operation, call) => {
    await call(programmeAt(system.url));
    const { path, body } = system.calls.at(-1)!;
    expect(path).toBe(`/programme/${operation}`);
    const request: unknown = JSON.parse(body);
    expect([fits(operation, 'requestBody', request), ajv.errors]).toEqual([true, null]);
    // What the app sent can have any form.
    for (const less of withoutOneField({ ...(request as object), raw: {} })) {
      expect('raw' in (less as object) && fits(operation, 'requestBody', less)).toBe(false);
    }
  });

  it.each(GOOD_ANSWERS)('describes an accepted value of %s, and refuses one without a field', (operation, value) => {
    const check = ENDPOINTS[operation].value!;
    expect([fits(operation, 'responses/200', value), ajv.errors]).toEqual([true, null]);
    expect(() => check(value, '')).not.toThrow();
    for (const less of withoutOneField(value)) {
      expect(fits(operation, 'responses/200', less)).toBe(false);
      expect(() => check(less, '')).toThrow(/ is not /);
    }
  });
});
