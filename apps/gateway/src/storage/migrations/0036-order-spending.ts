/** What the orders of a key cost on a day of Moscow, for keys that may spend so much and no more. */
export const orderSpending = {
  id: '0036-order-spending',
  sql: `
create table order_spending (
  api_key_name text not null,
  day date not null,
  kopecks bigint not null default 0,
  primary key (api_key_name, day)
);`,
};
