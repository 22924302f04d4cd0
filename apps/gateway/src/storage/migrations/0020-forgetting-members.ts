/**
 * Forgetting a member (152-ФЗ). The card's number lives on as a number without a person: its row stays, blocked for good,
 * so that it is never given to another, and what refers to it still does.
 *
 * The hash of a request is of everything in it. A phone has so few digits that the one who has the rest of the request could
 * try them all, so it goes with the person.
 */
export const forgettingMembers = {
  id: '0020-forgetting-members',
  sql: `
alter table cards
  alter column member_id drop not null,
  add column erased_at timestamptz,
  add constraint cards_erased_or_held check ((member_id is null) = (erased_at is not null)),
  add constraint cards_erased_are_blocked check (erased_at is null or state = 'blocked');
create index cards_erased on cards (erased_at) where erased_at is not null;

create function cards_stay_erased() returns trigger language plpgsql as $$
begin
  raise exception 'the holder of this card was erased: it is never given to another' using errcode = 'check_violation';
end $$;
create trigger cards_stay_erased before update of member_id, erased_at on cards
  for each row when (old.erased_at is not null and new.erased_at is distinct from old.erased_at)
  execute function cards_stay_erased();

alter table orders alter column request_hash drop not null;
update orders set request_hash = null where anonymised_at is not null;
alter table balance_adjustments alter column request_hash drop not null;

-- What is kept for a while only is found by its age.
create index receipts_raw on receipts (at) where raw is not null;
create index promo_redemptions_raw on promo_redemptions (at) where raw is not null;
create index purchases_text on purchases (bought_at) where item is not null or location is not null;
`,
};
