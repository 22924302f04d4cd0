/**
 * What comes in is kept as it came, and what is the same is the same.
 *
 * - Bodies with receipts and promo codes are texts: they are kept to the byte, and can be forgotten.
 * - A receipt says what it is of: one that no one can name is kept, and earns nothing.
 * - A channel is one in whatever case its code is written. Of two consents the later decision holds.
 * - Promo codes are compared in NFC.
 */
export const cleanPeople = {
  id: '0019-clean-people',
  sql: `
alter table receipts
  alter column raw type text using raw::text,
  alter column raw drop not null,
  add column operation text not null default 'sale' check (operation in ('sale', 'unknown'));
alter table promo_redemptions
  alter column raw type text using raw::text,
  alter column raw drop not null;

delete from channel_consents c using channel_consents later
 where later.card_number = c.card_number and lower(later.channel) = lower(c.channel) and later.channel <> c.channel
   and (later.updated_at, later.allowed::text, later.channel) > (c.updated_at, c.allowed::text, c.channel);
update channel_consents set channel = lower(channel) where channel <> lower(channel);

update promo_codes p set code = normalize(p.code, NFC)
 where p.code <> normalize(p.code, NFC)
   and not exists (
     select from promo_codes o where o.id <> p.id and without_case(o.code) = without_case(normalize(p.code, NFC)));
`,
};
