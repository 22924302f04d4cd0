const CYRILLIC = { small: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', capital: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' };

/**
 * What a programme of a million members needs.
 *
 * - A rule that comes from a file has a name there, so that the file can be sent again.
 * - Promo codes are the same in whatever case they are written, Cyrillic ones too. What `upper` does to those depends on
 *   the locale that a database happens to have: with the locale C, nothing.
 * - A search by phone is answered from two indexes, without a look into the tables: half of the pages that it would
 *   otherwise touch at random. Digits need no locale to be compared, which costs more the more there are. The
 *   constraints keep their names, by which the code knows them.
 */
export const goingLive = {
  id: '0011-going-live',
  sql: `
alter table receipt_rules add column external_id text unique;

create function without_case(given text) returns text
  language sql immutable strict parallel safe
  as $$ select upper(translate(given, '${CYRILLIC.small}', '${CYRILLIC.capital}')) $$;
drop index promo_codes_code;
create unique index promo_codes_code on promo_codes (without_case(code));

alter table members drop constraint members_msisdn_key;
alter table members
  alter column msisdn type text collate "C",
  add constraint members_msisdn_key unique (msisdn) include (id);
alter table cards
  drop constraint cards_member_id_key,
  add constraint cards_member_id_key unique (member_id) include (number, state, barcode, barcode_type);
`,
};
