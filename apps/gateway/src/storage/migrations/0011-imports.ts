const CYRILLIC = { small: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', capital: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' };

/**
 * What the imports need: a rule that comes from a file has a name there, so that the file can be sent again; and promo
 * codes are the same in whatever case they are written, Cyrillic ones too. What `upper` does to those depends on the
 * locale that a database happens to have: with the locale C, nothing.
 */
export const imports = {
  id: '0011-imports',
  sql: `
alter table receipt_rules add column external_id text unique;

create function without_case(given text) returns text
  language sql immutable strict parallel safe
  as $$ select upper(translate(given, '${CYRILLIC.small}', '${CYRILLIC.capital}')) $$;
drop index promo_codes_code;
create unique index promo_codes_code on promo_codes (without_case(code));
`,
};
