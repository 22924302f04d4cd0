import type { DatabaseFunction } from './database-function.js';

/** A line of an order without the person it is for (152-ФЗ): tariff and amounts stay. */
export const anonymiseLine: DatabaseFunction = {
  name: 'anonymise_line',
  definition: `
create or replace function anonymise_line(line json) returns json language sql immutable as $$
  select case when json_typeof(line) <> 'object' then line else (
    select coalesce(json_object_agg(field.key, case field.key
             when 'cardNumber' then to_json(mask_card_number(field.value #>> '{}'))
             else field.value end order by field.position), '{}')
      from json_each(line) with ordinality as field (key, value, position)
     where field.key not in ('phone', 'email', 'name')) end
$$`,
};
