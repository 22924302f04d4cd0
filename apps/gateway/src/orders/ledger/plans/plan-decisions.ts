/** What a person may want of many orders at once. */
export const PLAN_DECISIONS = ['resend', 'fail', 'replay', 'cancel', 'purge'] as const;
export type PlanDecision = (typeof PLAN_DECISIONS)[number];

interface PlanRule {
  /** What the order must be. `o` is the order; of our own words only. */
  readonly condition: string;
  /** Why it is not, where the status alone does not say. */
  readonly otherwise: string;
  /** The change; `l` are the orders that are locked for it. */
  readonly change: string;
  /** What the history says; undefined where there is none left. */
  readonly event: { readonly status: string; readonly cause: string } | undefined;
}

const SEND_AGAIN = `status = 'retrying', updated_at = now(), generation = o.generation + 1,
      free_attempts = o.attempts, due_at = now(), in_doubt = false`;
const update = (set: string): string =>
  `update orders o set ${set} from locked l where o.id = l.id returning o.id, o.generation`;

/** The same as the decisions about a single order (`../decisions/`): which orders, what is changed, what the history says. */
export const PLAN_RULES: Readonly<Record<PlanDecision, PlanRule>> = {
  resend: {
    condition: `o.status = 'unknown'`,
    otherwise: '',
    change: update(SEND_AGAIN),
    event: { status: 'retrying', cause: 'resolved-as-not-executed' },
  },
  fail: {
    condition: `o.status = 'unknown'`,
    otherwise: '',
    change: update(`status = 'failed', updated_at = now(), in_doubt = false`),
    event: { status: 'failed', cause: 'resolved-as-not-executed' },
  },
  replay: {
    condition: `o.status in ('failed', 'rejected') and o.anonymised_at is null and not o.erase_requested`,
    otherwise: 'its personal data are erased',
    change: update(SEND_AGAIN),
    event: { status: 'retrying', cause: 'replayed' },
  },
  cancel: {
    condition: `o.status in ('accepted', 'retrying') and not o.in_doubt`,
    otherwise: 'an earlier attempt may have been executed',
    change: update(`status = 'cancelled', updated_at = now()`),
    event: { status: 'cancelled', cause: 'cancelled-before-sending' },
  },
  purge: {
    condition: `o.status in ('failed', 'rejected', 'cancelled') and o.troika_order_id is null`,
    otherwise: 'Тройка Бизнес had confirmed it: it is part of the accounts',
    change: 'delete from orders o using locked l where o.id = l.id returning o.id, o.generation',
    event: undefined,
  },
};

/** The statuses that a decision is about, for the sentence why an order is not among them. */
export const PLAN_STATUSES: Readonly<Record<PlanDecision, readonly string[]>> = {
  resend: ['unknown'],
  fail: ['unknown'],
  replay: ['failed', 'rejected'],
  cancel: ['accepted', 'retrying'],
  purge: ['failed', 'rejected', 'cancelled'],
};
