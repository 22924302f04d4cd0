/**
 * Callbacks are limited for each host of a producer, beside each address: an order may have an address of its own, and
 * two hundred addresses with one failure each are a host that hangs. A host is a name or an address with its port.
 */
export const callbackHosts = {
  id: '0023-callback-hosts',
  sql: `
alter table callback_endpoints add column host text not null generated always as (
  coalesce(regexp_replace(lower(substring(url from '^[A-Za-z]+://([^/?#]*)')), ':(80|443)$', ''), '')) stored;

create table callback_hosts (
  api_key_name   text not null,
  host           text not null,
  -- Attempts in a row that got no answer, up to now; failing_since is the first of them.
  failures       integer not null default 0,
  failing_since  timestamptz,
  -- Until then nothing is sent there.
  not_before     timestamptz not null default '-infinity',
  -- When it has to be looked at next.
  due_at         timestamptz not null default 'infinity',
  -- No answer for days: its addresses are disabled with it.
  disabled_at    timestamptz,
  created_at     timestamptz not null default now(),
  primary key (api_key_name, host)
);
create index callback_hosts_due on callback_hosts (api_key_name, due_at) where disabled_at is null;

drop index callback_endpoints_due;
create index callback_endpoints_due on callback_endpoints (api_key_name, host, due_at) where state = 'enabled';

insert into callback_hosts (api_key_name, host, due_at)
select api_key_name, host, coalesce(min(due_at) filter (where state = 'enabled'), 'infinity')
  from callback_endpoints group by api_key_name, host;
`,
};
