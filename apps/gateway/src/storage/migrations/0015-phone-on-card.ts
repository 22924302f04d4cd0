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
alter table cards add column holder_msisdn text collate "C";
update cards c set holder_msisdn = m.msisdn from members m where m.id = c.member_id and m.msisdn is not null;
create index cards_holder_msisdn on cards (holder_msisdn) include (number, state, barcode, barcode_type);

create function cards_take_holder_msisdn() returns trigger language plpgsql as $$
begin
  select msisdn into new.holder_msisdn from members where id = new.member_id for key share;
  return new;
end $$;
create trigger cards_holder_msisdn before insert or update of member_id, holder_msisdn on cards
  for each row execute function cards_take_holder_msisdn();

create function members_give_msisdn() returns trigger language plpgsql as $$
begin
  update cards set holder_msisdn = new.msisdn where member_id = new.id;
  return null;
end $$;
create trigger members_msisdn after update of msisdn on members
  for each row when (old.msisdn is distinct from new.msisdn)
  execute function members_give_msisdn();
`,
};
