import type { DatabaseFunction } from './database-function.js';

/**
 * Of a card number, which leads to its holder together with the operator's records, at most the last four digits stay,
 * to recognise it in a dispute.
 */
export const maskCardNumber: DatabaseFunction = {
  name: 'mask_card_number',
  definition: `
create or replace function mask_card_number(number text) returns text language sql immutable as $$
  select repeat('*', length(number) - shown) || right(number, shown)
    from (select least(4, greatest(length(number) - 4, 0)) as shown) of
$$`,
};
