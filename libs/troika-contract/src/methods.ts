/** The nine values of `head.type` (troika-business.md, "Methods"). */
export type MethodName =
  | 'app_get_tariff'
  | 'app_get_cardtype'
  | 'app_get_region'
  | 'app_create_order'
  | 'app_get_order'
  | 'app_get_ticket'
  | 'app_cancel_ticket'
  | 'app_cancel_order'
  | 'app_get_businessaccount';

/** What one method is, does and takes. */
export interface Method {
  /** The value of `head.type`. */
  readonly type: MethodName;
  /** One phrase for a reader. */
  readonly purpose: string;
  /** Names of the request body's fields; empty for a call without parameters. A `?` marks an optional one. */
  readonly requestBody: readonly string[];
  /** The root field of the answer's body that holds a list, or what the body is. */
  readonly answerBody: string;
  /** False where a second execution would move money or tickets again. */
  readonly safeToRepeat: boolean;
}

// prettier-ignore
const ORDER_FIELDS = [
  'orderData', 'regionId?', 'paymentMethodId?', 'vatNumber?', 'legalEntityTypeId?',
  'name?', 'firstname?', 'surname?', 'email?', 'phone?', 'writeRemote?',
];

/**
 * All nine methods, in the contract's order. Only the last column decides anything: a method that is not
 * safe to repeat is never sent again once its bytes may have left.
 */
// prettier-ignore
export const METHODS: Readonly<Record<MethodName, Method>> = {
  app_get_tariff:          { type: 'app_get_tariff',          purpose: 'the tariffs that can be ordered',      requestBody: [],                   answerBody: 'tariff[]',                        safeToRepeat: true },
  app_get_cardtype:        { type: 'app_get_cardtype',        purpose: 'the kinds of a new card',              requestBody: [],                   answerBody: 'cardType[]',                      safeToRepeat: true },
  app_get_region:          { type: 'app_get_region',          purpose: 'the regions',                          requestBody: [],                   answerBody: 'region[]',                        safeToRepeat: true },
  app_create_order:        { type: 'app_create_order',        purpose: 'order and pay from the fund',          requestBody: ORDER_FIELDS,         answerBody: 'id, totalAmount',                 safeToRepeat: false },
  app_get_order:           { type: 'app_get_order',           purpose: 'an order and the state of its lines',  requestBody: ['id', 'uuid?'],      answerBody: 'id, totalAmount, orderData[]',    safeToRepeat: true },
  app_get_ticket:          { type: 'app_get_ticket',          purpose: 'one ticket and its status',            requestBody: ['orderTariffId'],    answerBody: 'the ticket',                      safeToRepeat: true },
  app_cancel_ticket:       { type: 'app_cancel_ticket',       purpose: 'cancel one ticket, give money back',   requestBody: ['orderTariffId'],    answerBody: 'none',                            safeToRepeat: false },
  app_cancel_order:        { type: 'app_cancel_order',        purpose: 'cancel an order, give money back',     requestBody: ['orderId'],          answerBody: 'none',                            safeToRepeat: false },
  app_get_businessaccount: { type: 'app_get_businessaccount', purpose: 'the guarantee fund: size and rest',    requestBody: [],                   answerBody: 'name, fund, amount, currencyId',  safeToRepeat: true },
};

/** Is this text one of the nine method names? Inherited names such as `constructor` are not. */
export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(METHODS, name);
}
