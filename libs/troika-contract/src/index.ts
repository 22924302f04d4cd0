export { METHODS, isMethodName, type Method, type MethodName } from './methods.js';
export {
  requestId,
  type CreateOrderBody,
  type NoParameters,
  type OrderLine,
  type OrderLineType,
  type RequestBodies,
  type RequestHead,
  type RequestId,
} from './requests.js';
export { CreateOrderDto } from './order/create-order.dto.js';
export { OrderDataDto } from './order/order-data.dto.js';
export { LINE_RULES, ORDER_RULES, type FieldRule, type RequiredWhen } from './order/field-rules.js';
export { MAX_ORDER_LINES, PHONE as ORDER_PHONE } from './order/patterns.js';
export { MAX_FAULTS, validateCreateOrder, type Fault } from './order/validate-create-order.js';
export type { Reading } from './answers/fields.js';
export {
  readCardTypes,
  readRegions,
  readTariffs,
  type CardType,
  type Region,
  type Tariff,
} from './answers/dictionaries.js';
export {
  readCreateOrderAnswer,
  readOrder,
  type CreatedOrder,
  type PlacedOrder,
  type PlacedOrderLine,
} from './answers/orders.js';
export { readTicket, type Ticket, type TicketStatus } from './answers/ticket.js';
export { readBusinessAccount, type BusinessAccount } from './answers/business-account.js';
