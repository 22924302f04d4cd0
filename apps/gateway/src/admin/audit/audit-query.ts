import { CARD_NUMBER_MAX_LENGTH } from '@vestibule/koshelek-contract';
import { AUDIT_ACTIONS, type AuditAction } from '../../audit/action.js';
import { moment, uuid } from '../../http/schema/formats.js';
import { PAGE_BY_NUMBER, placeByNumber } from '../../http/schema/page.js';
import { queryReader } from '../../http/schema/read-request.js';
import { oneOf, optional, request, textUpTo } from '../../http/schema/schema.js';

const MAX_NAME = 255;

const VIEWS: readonly AuditAction[] = ['card.view', 'card.find', 'order.view', 'orders.view'];
const IS_VIEW = `action in (${VIEWS.map((action) => `'${action}'`).join(', ')})`;
/** Which entries are shown: views and changes are of different interest. */
const SHOWN = { everything: undefined, changes: `not ${IS_VIEW}`, views: IS_VIEW } as const;
type Shown = keyof typeof SHOWN;

/** What `GET /admin/audit` takes. */
export const AUDIT_QUERY = request({
  show: optional(oneOf(Object.keys(SHOWN) as Shown[], 'Only changes, or only looks at personal data.')),
  action: optional(oneOf(AUDIT_ACTIONS, 'Only entries of this kind.')),
  who: optional(textUpTo(MAX_NAME, 'Only what the key or the command of this name has done.')),
  card: optional(textUpTo(CARD_NUMBER_MAX_LENGTH, 'Only what is about this card.')),
  order: optional(uuid('Only what is about this order, decisions about many orders among them.')),
  from: optional(moment('Of this moment or later.')),
  to: optional(moment('Before this moment.')),
  ...PAGE_BY_NUMBER,
});
const read = queryReader(AUDIT_QUERY);

/** Which entries are of interest: SQL with the parameters from `$1` on. */
export interface AuditFilter {
  readonly conditions: readonly string[];
  readonly values: readonly unknown[];
}

export interface AuditQuery {
  readonly filter: AuditFilter;
  readonly limit: number;
  /** The id that the page's entries are below. */
  readonly before: string;
}

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readAuditQuery(query: unknown): AuditQuery {
  const { show = 'everything', action, who, card, order, from, to, limit, cursor } = read(query);
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (value: unknown, conditionOf: (parameter: string) => string): void => {
    if (value !== undefined) conditions.push(conditionOf(`$${values.push(value)}`));
  };
  const shown = SHOWN[show];
  if (shown !== undefined) conditions.push(shown);
  add(action, (parameter) => `action = ${parameter}`);
  add(who, (parameter) => `who = ${parameter}`);
  add(card, (parameter) => `card_number = ${parameter}`);
  // Decisions and looks that are about many orders name them in their details.
  add(order, (parameter) => `(order_id = ${parameter}::uuid or details -> 'orders' ? ${parameter}::text)`);
  add(from, (parameter) => `at >= ${parameter}::timestamptz`);
  add(to, (parameter) => `at < ${parameter}::timestamptz`);
  return { filter: { conditions, values }, ...placeByNumber({ limit, cursor }) };
}
