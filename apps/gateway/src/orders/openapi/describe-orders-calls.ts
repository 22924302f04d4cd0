import {
  describeCalls,
  UUID,
  type CallShape,
  type DescribedCall,
  type DocumentRules,
} from '../../http/openapi/describe-calls.js';
import type { Json } from '../../http/schema/schema.js';
import { problems, type Problems } from './problems.js';

export type DescribedOrdersCall = DescribedCall<Problems>;

const RULES: DocumentRules<Problems> = {
  inPath: {
    orders: ['The id of the order here.', UUID],
    tickets: ['The id of a ticket of this order, as `tickets` of the order has it.', { type: 'string' }],
    endpoints: ['The id of an endpoint of yours.', UUID],
    deliveries: ['The id of a delivery to you: its `webhook-id`.', { type: 'string', pattern: '^evt_[0-9a-f]{32}$' }],
  },
  problemsOf: ({ verb, path, isAboutOne, takesQuery }: CallShape, own): Json =>
    problems(
      [
        ...(path.startsWith('/orders') ? [403 as const] : []),
        ...(isAboutOne ? [404 as const] : []),
        ...(verb === 'post' ? [413 as const, 415 as const] : []),
        ...(verb === 'post' || takesQuery ? [422 as const] : []),
      ],
      own,
    ),
};

/** @returns paths of the orders API, from calls by `verb /path` */
export function describeOrdersCalls(
  tag: string,
  calls: Readonly<Record<string, DescribedOrdersCall>>,
): Record<string, Json> {
  return describeCalls(RULES, tag, calls);
}
