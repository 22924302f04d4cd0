/**
 * A search by phone is one step into one index. What a million members cost more than a thousand is the pages that a
 * search touches at random: with the holder's phone beside the card these are half as many as with a join.
 *
 * The phone is the member's; the card only repeats it. Both triggers lock the member, so that a card which is made
 * while its holder's phone changes has the new one, whoever commits first.
 */
export const phoneOnCard = {
  id: '0015-phone-on-card',
  sql: `
alter table cards add column if not exists holder_msisdn text collate "C";

create or replace function cards_take_holder_msisdn() returns trigger language plpgsql as $$
begin
  select msisdn into new.holder_msisdn from members where id = new.member_id for key share;
  return new;
end $$;
create or replace trigger cards_holder_msisdn before insert or update of member_id, holder_msisdn on cards
  for each row execute function cards_take_holder_msisdn();

create or replace function members_give_msisdn() returns trigger language plpgsql as $$
begin
  update cards set holder_msisdn = new.msisdn where member_id = new.id;
  return null;
end $$;
create or replace trigger members_msisdn after update of msisdn on members
  for each row when (old.msisdn is distinct from new.msisdn)
  execute function members_give_msisdn();
`,
  steps: [
    // The trigger brings the phone. The member is locked first, as by those who change it, and not waited for with others locked.
    {
      batch: `
with batch as (
  select number, member_id from cards where number > $1 order by number limit 1000
), held as materialized (
  select id from members where id in (select member_id from batch) and msisdn is not null for key share nowait
), filled as (
  update cards c set holder_msisdn = null from batch, held
   where c.number = batch.number and held.id = batch.member_id and c.holder_msisdn is null
)
select max(number) as last from batch`,
    },
    { index: 'cards_holder_msisdn', on: 'cards (holder_msisdn) include (number, state, barcode, barcode_type)' },
  ],
};
