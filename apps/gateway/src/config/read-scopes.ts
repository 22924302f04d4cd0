import { ORDER_SCOPES, type OrderScope } from './order-scopes.js';

/**
 * Reads `ORDERS_API_KEY_SCOPES`: `name=scope+scope`, several separated by commas.
 *
 * @param names the keys that there are
 * @param faults gets a line for each name without a key and each unknown scope
 * @returns the scopes of each key that is named
 */
export function readScopes(
  text: string | undefined,
  names: ReadonlySet<string>,
  faults: string[],
): ReadonlyMap<string, ReadonlySet<OrderScope>> {
  const scopes = new Map<string, ReadonlySet<OrderScope>>();
  for (const item of text?.split(',') ?? []) {
    const [name = '', list = ''] = item.trim().split('=');
    const given = list.split('+');
    const unknown = given.filter((scope) => !isScope(scope));
    if (!names.has(name)) {
      faults.push(`ORDERS_API_KEY_SCOPES names the key "${name}"; allowed: names of ORDERS_API_KEYS`);
    }
    if (unknown.length > 0) {
      faults.push(
        `ORDERS_API_KEY_SCOPES gives "${name}" the scope "${unknown.join('", "')}"; allowed: ${ORDER_SCOPES.join(', ')}`,
      );
    }
    scopes.set(name, new Set(given.filter(isScope)));
  }
  return scopes;
}

function isScope(text: string): text is OrderScope {
  return (ORDER_SCOPES as readonly string[]).includes(text);
}
