import type { JsonObject } from '@vestibule/envelope';
import { type Reading, readBody } from './fields.js';

/** The Agent's guarantee fund (troika-business.md, "Methods": app_get_businessaccount). Money has its exact text. */
export interface BusinessAccount {
  name: string | undefined;
  /** The size of the fund. */
  fund: string | undefined;
  /** The remaining amount. */
  amount: string;
  currencyId: string | undefined;
}

/** Reads the answer of app_get_businessaccount. Without the remaining amount it is not ok. */
export function readBusinessAccount(body: JsonObject | undefined): Reading<BusinessAccount> {
  return readBody(body, (fields) => ({
    name: fields.text('name'),
    fund: fields.optionalMoney('fund'),
    amount: fields.money('amount'),
    currencyId: fields.text('currencyId'),
  }));
}
