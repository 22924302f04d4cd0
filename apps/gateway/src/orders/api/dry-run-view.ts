import { exactNumber } from '../../core/exact-number.js';
import { problemView } from '../../http/problem.js';
import { problemOfTypes } from '../../http/problem-schema.js';
import { typeOf } from '../../http/problems/catalogue.js';
import { queryReader } from '../../http/schema/read-request.js';
import {
  integer,
  listOf,
  named,
  object,
  oneOf,
  optional,
  orNull,
  request,
  type Json,
  type TypeOf,
} from '../../http/schema/schema.js';
import { partnerNumberOrNull } from '../../partner/answer-fields.js';
import { ORDER, orderView } from '../order-view.js';
import type { DryRun, DryRunOutcome } from './dry-run.service.js';
import { refusalOf, REFUSALS } from './post-answers.js';

/** What `POST /orders` and `POST /orders/batch` take beside their bodies. */
export const PLACING_QUERY = request({
  dryRun: optional(oneOf(['true', 'false'], 'true: everything is checked, and nothing is placed.')),
});

export const readPlacingQuery = queryReader(PLACING_QUERY);

const FUND = object(
  {
    left: partnerNumberOrNull(
      'What is left of it: its last reading, less what was confirmed since where that is counted.',
    ),
    after: partnerNumberOrNull('The same less the price; null where one of the two is not known.'),
  },
  { description: 'The guarantee fund in roubles. Orders that wait to be sent are not taken off.' },
);
const PRICE = partnerNumberOrNull('In roubles at the prices of the catalogue; null where a price is not known.');
const WOULD = {
  would: oneOf(
    ['accept', 'replay'],
    'accept: it would be a new order; replay: it was placed under this key before, and nothing new is paid.',
  ),
  order: orNull(ORDER),
  price: PRICE,
};

/** The answer to a dry run of one order. */
export const ORDER_DRY_RUN = named('OrderDryRun', object({ ...WOULD, fund: FUND }));

const status = (only: number): Json => ({ type: 'integer', const: only });
const OUTCOME = named('BatchDryRunOutcome', {
  description: 'What the same order posted alone would come to.',
  oneOf: [
    object({ status: status(200), ...WOULD }),
    object({ status: status(422), problem: problemOfTypes(REFUSALS) }),
    object({ status: status(429), problem: problemOfTypes([typeOf('budget-spent')]) }),
  ],
});
/** The answer to a dry run of a batch. */
export const BATCH_DRY_RUN = named(
  'BatchDryRun',
  object({
    outcomes: listOf(OUTCOME),
    accepted: integer('How many would be new orders.', { minimum: 0 }),
    price: PRICE,
    fund: FUND,
  }),
);

type WouldView = Omit<TypeOf<typeof ORDER_DRY_RUN>, 'fund'>;

function wouldView(outcome: Extract<DryRunOutcome, { kind: 'accept' | 'replay' }>): WouldView {
  return {
    would: outcome.kind,
    order: outcome.kind === 'replay' && outcome.order !== undefined ? orderView(outcome.order) : null,
    price: exactNumber(outcome.kind === 'accept' ? outcome.price : '0'),
  };
}

const fundView = ({ left, after }: DryRun['fund']): TypeOf<typeof FUND> => ({
  left: exactNumber(left),
  after: exactNumber(after),
});

/** @param outcome of the one order */
export function orderDryRunView(
  outcome: Extract<DryRunOutcome, { kind: 'accept' | 'replay' }>,
  { fund }: DryRun,
): TypeOf<typeof ORDER_DRY_RUN> {
  return { ...wouldView(outcome), fund: fundView(fund) };
}

export function batchDryRunView({ outcomes, price, fund }: DryRun): object {
  const views = outcomes.map((outcome) => {
    if (outcome.kind === 'accept' || outcome.kind === 'replay') return { status: 200, ...wouldView(outcome) };
    const refusal = refusalOf(outcome);
    return { status: refusal.status, problem: problemView(refusal) };
  });
  const accepted = outcomes.filter(({ kind }) => kind === 'accept').length;
  return { outcomes: views, accepted, price: exactNumber(price), fund: fundView(fund) };
}
