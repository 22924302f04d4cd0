/** The columns of an order that the API shows, for `select` and `returning`. A resultCode is exact in a double. */
export const ORDER_COLUMNS = `id, status, reference, api_key_name as "placedBy", body::text as body, troika_order_id as "troikaOrderId",
  total_amount as "totalAmount", result_code::float8 as "resultCode", result_message as "resultMessage", attempts,
  (select coalesce(json_agg(json_build_object('orderTariffId', t.order_tariff_id, 'cardNumber', t.card_number,
            'tariffId', t.tariff_id, 'status', t.status) order by t.position), '[]')
     from order_tickets t where t.order_id = id) as tickets,
  case when status = 'retrying' then due_at end as "nextAttemptAt",
  case when status = 'retrying' then (
    select e.cause from (select order_id, id as event_id, cause from order_events where status = 'retrying') e
     where e.order_id = id order by e.event_id desc limit 1) end as "retryCause",
  created_at as "createdAt", updated_at as "updatedAt"`;
