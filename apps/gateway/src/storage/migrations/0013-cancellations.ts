/** What cancelling at the partner and reading the state of tickets need beyond the tickets themselves. */
export const cancellations = {
  id: '0013-cancellations',
  sql: `
alter table orders
  -- When the reading was asked for that changed the tickets last: one that was asked for before tells nothing new.
  add column tickets_read_at timestamptz,
  -- app_get_order wants one beside the id; sent when the answer to app_create_order carried one.
  add column troika_uuid text;
`,
};
