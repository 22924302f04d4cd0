import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isCleanText } from '../../storage/clean-text.js';
import { problem, ProblemError, type FieldFault } from '../problem.js';
import { FORMATS } from './formats.js';
import { choicesOf, type Json, type Schema } from './schema.js';
import { mustOf } from './sentences.js';

/**
 * Reads a request by its schema. What a schema cannot say, a second check says of the fields that fit it.
 *
 * @throws ProblemError 422 with every fault: unknown fields first, then in the order in which fields are declared
 */
export type Read<T> = (source: unknown, check?: (good: Partial<T>) => readonly FieldFault[]) => T;

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  ownProperties: true,
  useDefaults: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  // Where an address may lead, the rules of egress say.
  formats: { uri: true },
});

/** @returns reads a JSON body of flat fields; none at all is an empty object, and a field that is null is absent */
export function bodyReader<T>(schema: Schema<T>, what = 'body'): Read<T> {
  return reader(schema, what, (source) => source);
}

/** @returns reads the parameters of a query, which come as texts: digits become numbers, commas part a list */
export function queryReader<T>(schema: Schema<T>): Read<T> {
  const fields = schema['properties'] as Readonly<Record<string, Json>>;
  return reader(schema, 'query', (query) =>
    Object.fromEntries(
      Object.entries(query).map(([name, value]) => [
        name,
        Object.hasOwn(fields, name) ? fromQuery(fields[name]?.['type'], value) : value,
      ]),
    ),
  );
}

/** What cannot be read as its type is left as it came, which is a fault. */
function fromQuery(type: unknown, value: unknown): unknown {
  if (type === 'integer' && typeof value === 'string') return /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (type === 'array') return typeof value === 'string' ? choicesOf(value) : [value];
  return value;
}

function reader<T>(schema: Schema<T>, what: string, coerce: (source: object) => object): Read<T> {
  for (const [name, { fits }] of FORMATS) if (!(name in ajv.formats)) ajv.addFormat(name, fits);
  const fits = ajv.compile(schema);
  const fields = schema['properties'] as Readonly<Record<string, Json>>;
  return (source, check) => {
    if (typeof (source ?? {}) !== 'object' || Array.isArray(source)) {
      const errors = [{ pointer: '', detail: 'Must be a JSON object.' }];
      throw new ProblemError(problem('validation-failed', `The ${what} must be a JSON object.`, { errors }));
    }
    const given = Object.entries(coerce(source ?? {})).filter(([, value]) => value !== null && value !== undefined);
    const value = Object.fromEntries(given) as Record<string, unknown>;
    const faults = new Map<string, FieldFault>();
    const add = (fault: FieldFault): void => void (faults.has(fault.pointer) || faults.set(fault.pointer, fault));
    // `if` says only that its `then` was broken, which has a fault of its own.
    const broken = fits(value) ? [] : (fits.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    for (const error of broken) add(faultOf(error, fields));
    for (const [name, text] of given) {
      if (typeof text === 'string' && !isCleanText(text) && Object.hasOwn(fields, name)) {
        add({ pointer: pointerTo(name), detail: mustOf(fields[name] ?? {}) });
      }
    }
    if (check !== undefined) {
      const good = Object.entries(value).filter(([name]) => !faults.has(pointerTo(name)));
      for (const fault of check(Object.fromEntries(good) as Partial<T>)) add(fault);
    }
    if (faults.size === 0) return value as T;
    const order = Object.keys(fields).map(pointerTo);
    const errors = [...faults.values()].sort((a, b) => order.indexOf(a.pointer) - order.indexOf(b.pointer));
    throw new ProblemError(problem('validation-failed', `The ${what} has faults.`, { errors }));
  };
}

/** The fault of a field, whatever of its value is wrong. */
function faultOf({ keyword, params, instancePath, parentSchema }: ErrorObject, fields: Json): FieldFault {
  const named = params as { missingProperty?: string; additionalProperty?: string };
  if (instancePath === '' && keyword === 'additionalProperties') {
    return { pointer: pointerTo(named.additionalProperty ?? ''), detail: 'Unknown field.' };
  }
  if (instancePath === '' && keyword === 'required') {
    return { pointer: pointerTo(named.missingProperty ?? ''), detail: 'Required.' };
  }
  const [, name = ''] = instancePath.split('/');
  const schema = keyword === 'not' ? parentSchema : fields[name.replaceAll('~1', '/').replaceAll('~0', '~')];
  return { pointer: `/${name}`, detail: mustOf((schema ?? {}) as Json) };
}

/** The JSON pointer (RFC 6901) of a field. */
export function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
