import type { AuditFilter } from '../../api/audit.js';
import type { Values } from '../../parts/form.js';
import { hrefOf, queryOf } from '../../router.js';
import { startOf } from '../../text/days.js';

const FIELDS = ['show', 'who', 'action', 'order', 'card', 'from', 'to'] as const;

/** What the address of the page asks for; the part behind the `#` never leaves the browser. */
export function readAddress(hash: string): Values {
  const query = queryOf(hash);
  return Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? '']));
}

/** The address of the page with what a form has. */
export function addressOf(values: Values): string {
  const given = FIELDS.map((name) => [name, values[name] ?? '']).filter(([, value]) => value !== '');
  return given.length === 0 ? hrefOf('audit') : `${hrefOf('audit')}?${new URLSearchParams(given).toString()}`;
}

/** The same for the gateway: days are those of the reader, and the last one belongs to it. */
export function filterOf({ from = '', to = '', ...others }: Values): AuditFilter {
  return {
    ...others,
    ...(from === '' ? {} : { from: startOf(from) }),
    ...(to === '' ? {} : { to: startOf(to, 1) }),
  };
}
