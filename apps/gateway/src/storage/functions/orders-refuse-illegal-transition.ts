import type { DatabaseFunction } from './database-function.js';

/** Permits only the changes of an order's status in `order_transitions`, for any SQL. */
export const ordersRefuseIllegalTransition: DatabaseFunction = {
  name: 'orders_refuse_illegal_transition',
  definition: `
create or replace function orders_refuse_illegal_transition() returns trigger language plpgsql as $$
begin
  if not exists (
    select from order_transitions where from_status = old.status and to_status = new.status
  ) then
    raise exception 'order % cannot go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$`,
  trigger: `
create or replace trigger orders_transition before update of status on orders
  for each row when (old.status is distinct from new.status)
  execute function orders_refuse_illegal_transition()`,
};
