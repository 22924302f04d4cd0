import type { Check } from '../check.js';
import { BALANCE } from './balance.checks.js';
import { CARD } from './card.checks.js';
import { CHANNELS } from './channels.checks.js';
import { CONNECTION } from './connection.checks.js';
import { ERRORS } from './errors.checks.js';
import { EVERY_ANSWER } from './every-answer.checks.js';
import { ISSUE, RESERVE } from './issue.checks.js';
import { PHONES } from './phones.checks.js';
import { PROFILE } from './profile.checks.js';
import { PROMO } from './promo.checks.js';
import { PURCHASES } from './purchases.checks.js';
import { SEARCH } from './search.checks.js';

/** The rules of the contract by topic, as the reports show them. */
export const THEMES: readonly { readonly title: string; readonly checks: readonly Check[] }[] = [
  { title: 'Every answer', checks: EVERY_ANSWER },
  { title: 'Connection and credentials', checks: CONNECTION },
  { title: 'Errors, paths, versions', checks: ERRORS },
  { title: '1. Search', checks: SEARCH },
  { title: '1. The card in the answer', checks: CARD },
  { title: '2. Channels', checks: CHANNELS },
  { title: '3. Card and balance', checks: BALANCE },
  { title: '4. Profile', checks: PROFILE },
  { title: '5. Purchases', checks: PURCHASES },
  { title: '6 and 7. Reserved cards', checks: RESERVE },
  { title: '8. Issue without reservation', checks: ISSUE },
  { title: '9, 10 and 11. Offers, receipts, promo codes', checks: PROMO },
  { title: '12 and 13. Phones with special terms', checks: PHONES },
];

export const CHECKS: readonly Check[] = THEMES.flatMap(({ checks }) => checks);
