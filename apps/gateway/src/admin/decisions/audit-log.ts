import { pageOf, rowsFor } from '../../storage/page.js';
import { CARD_NUMBER_MAX_LENGTH } from '@vestibule/koshelek-contract';
import type pg from 'pg';
import type { AuditAction } from '../../audit/action.js';
import { encodeCursor } from '../../http/cursor.js';
import { PAGE_BY_NUMBER, placeByNumber } from '../../http/schema/page.js';
import { queryReader } from '../../http/schema/read-request.js';
import { oneOf, optional, request, textUpTo } from '../../http/schema/schema.js';

/** One entry, as the API gives it. */
export interface ListedAuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly who: string;
  readonly action: string;
  /** Null for a decision about many orders, and for one about a card. */
  readonly orderId: string | null;
  readonly cardNumber: string | null;
  readonly why: string | null;
  readonly details: object;
}

const VIEWS: readonly AuditAction[] = ['card.view', 'card.find', 'order.view', 'orders.view'];
const IS_VIEW = `action in (${VIEWS.map((action) => `'${action}'`).join(', ')})`;
/** Which entries are shown: views and changes are of different interest. */
const SHOWN = { everything: undefined, changes: `not ${IS_VIEW}`, views: IS_VIEW } as const;
type Shown = keyof typeof SHOWN;

export interface AuditQuery {
  readonly shown: Shown;
  readonly cardNumber: string | undefined;
  readonly limit: number;
  /** The id that the page's entries are below. */
  readonly before: string;
}

/** What `GET /admin/audit` takes. */
export const AUDIT_QUERY = request({
  show: optional(oneOf(Object.keys(SHOWN) as Shown[], 'Only changes, or only looks at personal data.')),
  card: optional(textUpTo(CARD_NUMBER_MAX_LENGTH, 'Only what is about this card.')),
  ...PAGE_BY_NUMBER,
});
const read = queryReader(AUDIT_QUERY);

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readAuditQuery(query: unknown): AuditQuery {
  const { show: shown = 'everything', card: cardNumber, ...page } = read(query);
  return { shown, cardNumber, ...placeByNumber(page) };
}

/** One page of the audit, the newest first. */
export async function listAudit(
  pool: pg.Pool,
  { shown, cardNumber, limit, before }: AuditQuery,
): Promise<{ entries: ListedAuditEntry[]; nextCursor: string | null }> {
  const values: unknown[] = [before, rowsFor(limit)];
  const conditions = ['id < $1'];
  if (SHOWN[shown] !== undefined) conditions.push(SHOWN[shown]);
  if (cardNumber !== undefined) conditions.push(`card_number = $${values.push(cardNumber)}`);
  const { rows } = await pool.query<ListedAuditEntry>(
    `select id, at, who, action, order_id as "orderId", card_number as "cardNumber", why, details
       from audit where ${conditions.join(' and ')} order by id desc limit $2`,
    values,
  );
  const { page: entries, last } = pageOf(rows, limit);
  return { entries, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}
