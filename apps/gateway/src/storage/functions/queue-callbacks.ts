import type { DatabaseFunction } from './database-function.js';

/**
 * Makes a callback part of the event it reports: every statement that writes an event of an order also writes its
 * callback. Most events are not for producers, and end at its first check. It needs no lock and no endpoint, which come
 * later, so that the ledger never waits for callbacks.
 */
export const queueCallbacks: DatabaseFunction = {
  name: 'queue_callbacks',
  definition: `
create or replace function queue_callbacks() returns trigger language plpgsql as $$
begin
  if exists (select from noted where type is not null) then
    insert into callback_deliveries (event_id, order_id, api_key_name, url, type, at, ticket_id, ticket_status,
        metadata, snapshot)
    select e.id, e.order_id, o.api_key_name, o.callback_url, e.type, e.at, e.ticket_id, e.ticket_status, o.metadata,
           jsonb_build_object('id', o.id, 'status', o.status, 'reference', o.reference,
             'troikaOrderId', o.troika_order_id, 'totalAmount', o.total_amount, 'resultCode', o.result_code,
             'resultMessage', o.result_message, 'attempts', o.attempts,
             'createdAt', o.created_at, 'updatedAt', o.updated_at,
             'tickets', (select coalesce(jsonb_agg(jsonb_build_object('orderTariffId', t.order_tariff_id,
                 'cardNumber', t.card_number, 'tariffId', t.tariff_id, 'status', t.status) order by t.position), '[]')
               from order_tickets t where t.order_id = o.id))
      from noted e join orders o on o.id = e.order_id
     -- Longer ones come from before such addresses were refused: no index would take them.
     where e.type is not null and octet_length(o.callback_url) <= 2048
     order by e.id;
  end if;
  return null;
end $$`,
  trigger: `
create or replace trigger order_events_callbacks after insert on order_events
  referencing new table as noted for each statement execute function queue_callbacks()`,
};
