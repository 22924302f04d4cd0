import type pg from 'pg';
import { readBusinessAccount, type BusinessAccount } from '@vestibule/troika-contract';
import { closeOperatorEvent, noteOperatorEvent } from '../../operator-events/operator-events.js';
import { cleanText } from '../../storage/clean-text.js';
import { runTransaction } from '../../storage/transaction.js';
import { readResult } from '../catalog/refresh-dictionary.js';
import { plainDecimal } from '../../orders/decimal.js';
import { finishRefresh, type RefreshLease } from '../refresh/refresh-schedule.js';
import type { Refreshing } from '../refresh/refresher.js';
import { noteOddAnswer } from '../odd-answers.js';
import { insertReading } from './account-reading.js';
import { judgeLowMark } from './low-mark.js';
import { statement } from '../../storage/statement.js';

/** How the guarantee fund is watched. Marks in roubles; undefined: off. */
export interface FundRules {
  readonly periodSecs: number;
  readonly low: string | undefined;
  readonly floor: string | undefined;
}

/** The ledger's state when the reading was requested. */
interface Asked {
  readonly askedAt: string;
  readonly spent: string;
}

/** The guarantee fund, read on schedule. */
export function refreshAccount(pool: pg.Pool, rules: FundRules): Refreshing {
  return {
    name: 'account',
    periodSecs: rules.periodSecs,
    refresh: async (partner, lease) => {
      // Before the call: an order that is confirmed during it counts as not yet included.
      const asked = await ask(pool);
      const reading = readResult(await partner.callInSlot('app_get_businessaccount', {}), readBusinessAccount);
      if (!reading.ok) return { kind: 'failed', why: reading.detail };
      const amount = plainDecimal(reading.value.amount);
      if (amount === undefined) return { kind: 'failed', why: 'what is left in the fund is no amount of money' };
      await noteOddAnswer(pool, 'app_get_businessaccount', reading.oddities);
      const isKept = await storeReading(pool, lease, { account: reading.value, amount, asked }, rules);
      return { kind: isKept ? 'kept' : 'overtaken' };
    },
  };
}

const ASK_FOR_READING = statement('ask-for-reading')`
select clock_timestamp()::text as "askedAt", spent::text as spent from sending_hold`;

async function ask(pool: pg.Pool): Promise<Asked> {
  const { rows } = await pool.query<Asked>(ASK_FOR_READING);
  return rows[0] as Asked;
}

const UPDATE_HOLD = statement('update-hold')`
update sending_hold
   set floor = $1::numeric, reading_amount = $2::numeric, spent_at_reading = $3::numeric,
       low_since = case when $4 then coalesce(low_since, now()) end`;

const LOCK_HOLD = statement('lock-hold')`select low_since is not null as "wasLow" from sending_hold for update`;

/** One transaction: the reading, the resulting hold, and the operator events. */
async function storeReading(
  pool: pg.Pool,
  lease: RefreshLease,
  { account, amount, asked }: { account: BusinessAccount; amount: string; asked: Asked },
  { periodSecs, low, floor }: FundRules,
): Promise<boolean> {
  const store = async (client: pg.PoolClient): Promise<boolean> => {
    if (!(await finishRefresh(client, lease, periodSecs))) return false;
    const { rows } = await client.query<{ wasLow: boolean }>(LOCK_HOLD);
    const name = account.name === undefined ? undefined : cleanText(account.name);
    const currencyId = account.currencyId === undefined ? undefined : cleanText(account.currencyId);
    // An invalid amount is omitted, because amounts are compared and measured later.
    const fund = account.fund !== undefined && plainDecimal(account.fund) !== undefined ? account.fund : undefined;
    await insertReading(client, { ...account, name, fund, currencyId }, { askedAt: asked.askedAt, periodSecs });
    const wasLow = rows[0]?.wasLow === true;
    const { isLow, event } = judgeLowMark(amount, low, wasLow);
    await client.query({ ...UPDATE_HOLD, values: [floor ?? null, amount, asked.spent, isLow] });
    if (wasLow && !isLow) await closeOperatorEvent(client, 'fund.low');
    if (event !== undefined) await noteOperatorEvent(client, event);
    return true;
  };
  return await runTransaction(pool, store, (isKept) => isKept);
}
