import { LINE_RULES, ORDER_RULES, type FieldRule } from './field-rules.js';

/** One thing that is wrong with a value. */
export interface Fault {
  /** RFC 6901 JSON pointer, relative to the value that was checked, e.g. `/orderData/0/cardNumber`. */
  pointer: string;
  /** An English sentence for the producer's developer; never repeats the sent value. */
  detail: string;
}

/** No answer lists more faults than this: who has a hundred wants a corrected program, not a longer list. */
export const MAX_FAULTS = 100;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks the body of app_create_order (troika-business.md, "The order", and "What is unknown": each line has a phone,
 * or the order has one).
 *
 * It only checks: nothing is converted, filled in or reordered, because the bytes that are signed and sent are made
 * from the producer's own object. Whether a tariff is a purse, and so needs an `amount`, only the dictionary knows.
 *
 * @param value anything `JSON.parse` can return
 * @returns the faults in the order of the fields, at most {@link MAX_FAULTS}; empty when the order is valid
 */
export function validateCreateOrder(value: unknown): Fault[] {
  const faults: Fault[] = [];
  if (!isObject(value)) return [{ pointer: '', detail: 'The order must be an object.' }];
  checkFields(value, ORDER_RULES, undefined, '', faults);

  const lines = own(value, 'orderData');
  if (!Array.isArray(lines) || ORDER_RULES.get('orderData')?.accepts(lines) !== true) return faults;
  const orderHasPhone = own(value, 'phone') !== undefined;
  for (let index = 0; index < lines.length && faults.length < MAX_FAULTS; index += 1) {
    checkLine(lines[index], `/orderData/${index}`, orderHasPhone, faults);
  }
  return faults.length > MAX_FAULTS ? faults.slice(0, MAX_FAULTS) : faults;
}

function checkLine(line: unknown, pointer: string, orderHasPhone: boolean, faults: Fault[]): void {
  if (!isObject(line)) {
    faults.push({ pointer, detail: 'A line of the order must be an object.' });
    return;
  }
  checkFields(line, LINE_RULES, own(line, 'type'), pointer, faults);
  if (!orderHasPhone && own(line, 'phone') === undefined) {
    faults.push({ pointer: `${pointer}/phone`, detail: 'phone is required here, or once for the whole order.' });
  }
}

function checkFields(
  object: Fields,
  rules: ReadonlyMap<string, FieldRule>,
  lineType: unknown,
  pointer: string,
  faults: Fault[],
): void {
  for (const [name, rule] of rules) {
    const value = own(object, name);
    if (value === undefined) {
      if (rule.required === 'always') {
        faults.push({ pointer: `${pointer}/${name}`, detail: `${name} is required; it ${rule.must}.` });
      } else if (rule.required === lineType) {
        faults.push({
          pointer: `${pointer}/${name}`,
          detail: `${name} is required for ${rule.required}; it ${rule.must}.`,
        });
      }
    } else if (!rule.accepts(value)) {
      faults.push({ pointer: `${pointer}/${name}`, detail: `${name} ${rule.must}.` });
    }
  }
  for (const name of Object.keys(object)) {
    if (rules.has(name)) continue;
    if (faults.length >= MAX_FAULTS) return;
    faults.push({ pointer: `${pointer}/${escapeToken(name)}`, detail: 'The contract has no field of this name.' });
  }
}

/** A field of the object itself: what its prototype carries was not sent. */
function own(object: Fields, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901, section 3: `~` before `/`. */
function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
