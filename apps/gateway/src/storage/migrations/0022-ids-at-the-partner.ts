/**
 * Whose an id of the partner's is: two orders that are confirmed under one id at the same moment, in two processes, must
 * learn of each other. An entry outlives a purged order, so that the id stays taken. And what was answered with 0 without
 * a usable id stops an order that was put back or given up, as "paid" does, though no one can call it confirmed yet.
 */
export const idsAtThePartner = {
  id: '0022-ids-at-the-partner',
  sql: `
create table troika_order_ids (
  troika_order_id  text primary key,
  order_id         uuid not null
);
insert into troika_order_ids
select distinct on (troika_order_id) troika_order_id, id
  from orders where troika_order_id is not null order by troika_order_id, created_at, id;

insert into order_transitions values
  ('retrying', 'unknown'),
  ('failed',   'unknown')
on conflict do nothing;
`,
};
