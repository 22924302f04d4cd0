/** The columns of an order that the API shows, for `select` and `returning`. A resultCode is exact in a double. */
export const ORDER_COLUMNS = `id, status, reference, api_key_name as "placedBy", body::text as body, troika_order_id as "troikaOrderId",
  total_amount as "totalAmount", result_code::float8 as "resultCode", result_message as "resultMessage", attempts,
  (select coalesce(json_agg(json_build_object('orderTariffId', t.order_tariff_id, 'cardNumber', t.card_number,
            'tariffId', t.tariff_id, 'status', t.status) order by t.position), '[]')
     from order_tickets t where t.order_id = id) as tickets,
  created_at as "createdAt", updated_at as "updatedAt"`;
