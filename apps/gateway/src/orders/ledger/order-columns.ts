/** The columns of an order that the API shows, for `select` and `returning`. A resultCode is exact in a double. */
export const ORDER_COLUMNS = `id, status, reference, body::text as body, troika_order_id as "troikaOrderId",
  total_amount as "totalAmount", result_code::float8 as "resultCode", result_message as "resultMessage", attempts,
  created_at as "createdAt", updated_at as "updatedAt"`;
