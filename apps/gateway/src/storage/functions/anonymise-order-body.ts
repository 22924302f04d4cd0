import type { DatabaseFunction } from './database-function.js';

/**
 * The body of an order without the person it is for (152-ФЗ): lines, tariffs and amounts stay, which the accounts
 * need; phones, names, e-mail and the tax number, which may be a person's, go.
 */
export const anonymiseOrderBody: DatabaseFunction = {
  name: 'anonymise_order_body',
  definition: `
create or replace function anonymise_order_body(body json) returns json language sql immutable as $$
  select coalesce(json_object_agg(field.key, case
           when field.key = 'orderData' and json_typeof(field.value) = 'array' then (
             select coalesce(json_agg(anonymise_line(line.value) order by line.position), '[]')
               from json_array_elements(field.value) with ordinality as line (value, position))
           else field.value end order by field.position), '{}')
    from json_each(body) with ordinality as field (key, value, position)
   where field.key not in ('phone', 'email', 'name', 'firstname', 'surname', 'vatNumber')
$$`,
};
