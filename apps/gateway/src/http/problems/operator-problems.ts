import { kind } from './problem-kind.js';

/** What can be wrong with a call below /admin. */
export const OPERATOR_PROBLEMS = {
  'plan-not-found': kind(
    404,
    'Plan not found',
    'There is no plan with this id.',
    'Take an id of GET /admin/orders/plans.',
  ),
  'key-not-found': kind(404, 'Key not found', 'There is no key with this id.', 'Take an id of GET /admin/keys.'),
  'card-not-found': kind(404, 'Card not found', 'There is no card with this number.', 'Check the number.'),
  'import-kind-not-found': kind(
    404,
    'Kind of import not found',
    'There is no such kind of import.',
    'Take one of those that the detail names.',
  ),
  'order-file-not-found': kind(
    404,
    'File of orders not found',
    'The key has placed no orders from such a file.',
    'Take the hash of a file of GET /admin/order-files.',
  ),
  'dictionary-not-found': kind(
    404,
    'Dictionary not found',
    'There is no dictionary of this name.',
    'Take one of those that the detail names.',
  ),
  'decision-refused': kind(
    409,
    'Decision refused',
    'The order is in a state in which this cannot be decided, or Тройка Бизнес says otherwise.',
    'Read the detail and look at the order again: somebody may have decided already.',
  ),
  'second-person-needed': kind(
    409,
    'Second person needed',
    'The decision needs two persons, and nothing is done yet.',
    'Another operator makes the same decision within a day, or runs the plan.',
  ),
  'go-live-check-running': kind(
    409,
    'Check already running',
    'A check before going live runs already, and there is one at a time.',
    'Wait for its end: GET /admin/go-live shows how far it is.',
  ),
  'go-live-check-impossible': kind(
    409,
    'Check not possible',
    'This process does not know which address to check, or with which credentials.',
    'Set PUBLIC_URL and KOSHELEK_CREDENTIALS for the process with the role admin.',
  ),
  'too-many-imports': kind(
    429,
    'Too many imports',
    'The process makes as many imports as it may at once.',
    'Send the file again after Retry-After.',
  ),
  'plan-changed': kind(
    409,
    'Plan changed',
    'The count in the call is not the count of the plan.',
    'Look at the plan again, and repeat its count.',
  ),
  'plan-not-startable': kind(
    409,
    'Plan not startable',
    'The plan runs already, or has ended.',
    'Look at the plan; make a new one for what is left.',
  ),
  'plan-not-running': kind(
    409,
    'Plan not running',
    'Only a plan that runs can be stopped.',
    'Look at the plan: what it has decided stays decided.',
  ),
  'key-name-taken': kind(
    409,
    'Name of the key taken',
    'There is an open key with this name already.',
    'Rotate that key, or revoke it first.',
  ),
  'key-closed': kind(
    409,
    'Key closed',
    'The key is revoked, expired or rotated already.',
    'Rotate the newest key of its name, or make a new one.',
  ),
  'no-alert-targets': kind(
    409,
    'No targets of alerts',
    'The process that was called has no targets of alerts.',
    'Set ALERT_WEBHOOKS.',
  ),
  'cards-elsewhere': kind(
    409,
    'Cards elsewhere',
    'Cards live in the company’s own system (CARD_PROGRAM).',
    'Look them up and change them there.',
  ),
  'balance-too-low': kind(
    409,
    'Balance too low',
    'The debit asks for more bonuses than the card has available.',
    'Debit at most the amount that the detail names.',
  ),
  'filter-too-wide': kind(
    422,
    'Filter too wide',
    'The filter of the plan finds more orders than one plan may decide.',
    'Narrow the filter, such as by time, and make several plans.',
  ),
  'file-unreadable': kind(
    422,
    'File unreadable',
    'The file of an import or of orders cannot be read as what it should be.',
    'The detail says what is wrong with the file. Nothing of it was taken.',
  ),
  'queue-unavailable': kind(
    503,
    'Queue unavailable',
    'The queue cannot be read, because what it lives in is away. Orders wait in the ledger.',
    'Look at GET /admin/health; try again after Retry-After.',
  ),
};
