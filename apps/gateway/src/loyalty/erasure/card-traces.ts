/**
 * The data that lead from a card to its holder, table by table, and the statement that erases them. `$1` is an array of
 * card numbers. Numbers, amounts and times stay: accounting needs them, and without the person they are anonymous. The
 * history of consents stays too: we must be able to prove that a channel was allowed or denied, when, and by which call
 * (docs/personal-data.md).
 */
export const CARD_TRACES = {
  channel_consents: 'delete from channel_consents where card_number = any($1)',
  offer_cards: 'delete from offer_cards where card_number = any($1)',
  purchases: `update purchases set item = null, location = null
               where card_number = any($1) and (item is not null or location is not null)`,
  receipts: 'update receipts set raw = null where card_number = any($1) and raw is not null',
  promo_redemptions: 'update promo_redemptions set raw = null where card_number = any($1) and raw is not null',
  bonus_lots: `update bonus_lots set description = '' where card_number = any($1) and description <> ''`,
  balance_adjustments: `update balance_adjustments set description = '', request_hash = null
                         where card_number = any($1) and (description <> '' or request_hash is not null)`,
  audit: `update audit set why = null, details = '{}'
           where card_number = any($1) and (why is not null or details <> '{}')`,
} as const;
