import { IN_BOTH_LANGUAGES } from '../../http/schema/languages.js';
import { integer, listOf, named, object, oneOf, orNull, text, type Schema } from '../../http/schema/schema.js';
import { ATTEMPT, ORDER_EVENT } from '../../orders/ledger/history-records.js';
import { ORDER } from '../../orders/order-view.js';
import { FUND_BETWEEN, FUND_READING } from '../../partner/account/fund-evidence-view.js';

const EVIDENCE = named(
  'Evidence',
  object(
    {
      attempt: orNull(ATTEMPT),
      fundBefore: orNull(FUND_READING),
      fundAfter: orNull(FUND_READING),
      fundBetween: orNull(FUND_BETWEEN),
      verdict: orNull(
        oneOf(['likely', 'unlikely', 'open'], 'Whether it was executed, by the fund; null without both readings.'),
      ),
      cost: orNull(text('What the order costs by the catalogue, exact; null where a price is not known.')),
      times: orNull(integer('How many such orders the unexplained amount pays for, if it is that to the kopeck.')),
      unknownOfCost: orNull(integer('How many unknown orders of the time cost the same, this one included.')),
      text: IN_BOTH_LANGUAGES,
    },
    { description: 'What is known of the attempt without an outcome, and of the guarantee fund around it.' },
  ),
);

/** The answer of `GET /admin/orders/{id}`. */
export const ORDER_WITH_EVIDENCE: Schema = named(
  'OrderWithEvidence',
  object({ order: ORDER, attempts: listOf(ATTEMPT), events: listOf(ORDER_EVENT), evidence: orNull(EVIDENCE) }),
);
