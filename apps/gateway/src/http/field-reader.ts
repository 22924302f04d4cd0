import { isCleanText } from '../storage/clean-text.js';
import { ProblemError, type FieldFault } from './problem.js';

/** RFC 3339 with a zone; PostgreSQL's own years, and nothing that a Date would round up to the next month. */
const INSTANT = /^([12]\d{3})-(0[1-9]|1[0-2])-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-](?:0\d|1[0-5]):[0-5]\d)$/;

/** @returns whether a text is a moment that both JavaScript and PostgreSQL understand */
export function isInstant(text: string): boolean {
  const [, year, month, day] = INSTANT.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(text))) return false;
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

/**
 * Reads the fields of a body or of a query, one by one, noting every fault instead of stopping at the first. An
 * absent field and one that is null read as undefined. A field no one knows is a fault.
 */
export class FieldReader {
  private readonly faults: FieldFault[] = [];
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @param source a body, where numbers are numbers, or a query, where they are digits */
  constructor(
    source: unknown,
    private readonly kind: 'body' | 'query',
    known: readonly string[],
  ) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      throw new ProblemError({ status: 422, detail: 'The body must be a JSON object.' });
    }
    this.fields = source as Record<string, unknown>;
    for (const name of Object.keys(source)) if (!known.includes(name)) this.fault(name, 'Unknown field.');
  }

  /** @throws ProblemError 422 with every fault noted so far */
  refuseFaults(): void {
    if (this.faults.length === 0) return;
    const detail = this.kind === 'query' ? 'The query has faults.' : 'The body has faults.';
    throw new ProblemError({ status: 422, detail, errors: this.faults });
  }

  fault(name: string, detail: string): undefined {
    this.faults.push({ pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail });
  }

  /** The same field again, where it must be there: its absence is a fault. */
  required<T>(name: string, value: T | undefined): T | undefined {
    if (this.get(name) === undefined) this.fault(name, 'Required.');
    return value;
  }

  /** A field that must not be there. */
  refuse(name: string, detail: string): void {
    if (this.get(name) !== undefined) this.fault(name, detail);
  }

  text(name: string, max: number): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const isGood = typeof value === 'string' && value.length > 0 && value.length <= max && isCleanText(value);
    return isGood ? value : this.fault(name, `Must be a text of 1 to ${max} characters.`);
  }

  matching(name: string, pattern: RegExp, must: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return typeof value === 'string' && pattern.test(value) ? value : this.fault(name, must);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return isChoice(value, choices) ? value : this.fault(name, `Must be one of ${choices.join(', ')}.`);
  }

  /** One or several: a text with commas, or in a body a list. */
  someOf<T extends string>(name: string, choices: readonly T[]): readonly T[] | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const given: unknown[] =
      typeof value === 'string' ? value.split(',') : this.kind === 'body' && Array.isArray(value) ? value : [];
    if (given.length > 0 && given.every((one) => isChoice(one, choices))) return [...new Set(given)];
    return this.fault(name, `Must be one or several of ${choices.join(', ')}.`);
  }

  wholeNumber(name: string, least: number, most: number): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const number =
      this.kind === 'query' && typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    const isGood = Number.isInteger(number) && (number as number) >= least && (number as number) <= most;
    return isGood ? (number as number) : this.fault(name, `Must be a whole number from ${least} to ${most}.`);
  }

  /** A positive whole number that is an id, also as a text of digits; its digits. */
  id(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const digits = typeof value === 'number' ? String(value) : value;
    if (typeof digits === 'string' && /^[1-9]\d{0,15}$/.test(digits) && Number.isSafeInteger(Number(digits))) {
      return digits;
    }
    return this.fault(name, 'Must be a whole number from 1 up to 9007199254740991, or its digits as a text.');
  }

  flag(name: string): boolean | undefined {
    const value = this.get(name);
    return value === undefined || typeof value === 'boolean' ? value : this.fault(name, 'Must be true or false.');
  }

  instant(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && isInstant(value)) return value;
    return this.fault(name, 'Must be a moment such as 2026-05-01T00:00:00Z, with its zone (in a query + is %2B).');
  }

  private get(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? undefined) : undefined;
  }
}

function isChoice<T extends string>(value: unknown, choices: readonly T[]): value is T {
  return (choices as readonly unknown[]).includes(value);
}

/** For a call that takes no body: none at all, or an object without fields. @throws ProblemError 422 */
export function requireNoFields(body: unknown): void {
  new FieldReader(body ?? {}, 'body', []).refuseFaults();
}
