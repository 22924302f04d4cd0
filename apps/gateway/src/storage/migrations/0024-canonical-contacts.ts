/** Format characters (Unicode's Cf), which read as nothing: zero-width spaces, marks of direction, soft hyphens. */
const INVISIBLE = String.raw`\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890-\u0891\u08E2\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0001\U000E0020-\U000E007F`;

/** What people write between digits, and what no one sees. */
const BETWEEN_DIGITS = String.raw`[${INVISIBLE}\s+().\-\u2010-\u2015\u2212]`;

/** Numbers that no other reading is possible of: whole ones of the zone +7 and of neighbours that write nine digits. */
const CERTAIN_PHONE = String.raw`^(?:7(?!89)\d{10}|(?:375|380|992|993|994|995|996|998)\d{9})$`;

/** The form that every stored phone should have; SQL does not know which countries there are. */
const PHONE = String.raw`^(7\d{10}|[1-689]\d{6,14})$`;

/** One @, and a domain of Latin letters, digits and hyphens with a dot inside. */
const EMAIL = String.raw`^[^\s@<>()[\]\\,;:"${INVISIBLE}]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`;

/** The code of a message for the log of the migrator. */
export const REPORT = 'VMIGR';

/**
 * Phones and e-mails that were stored before the readers dropped invisible characters are found by no search. They get
 * the form that the readers of today give them, where that is certain: what remains is a phone or an address as these
 * take it, and no other member has it or would get it. Damage is not repaired, for it may be another person's number; it
 * is counted.
 *
 * Members are read without a lock, a few times; only rows that change are locked.
 */
export const canonicalContacts = {
  id: '0024-canonical-contacts',
  sql: `
do $$
declare
  v_phones integer;
  v_emails integer;
  v_other_phones integer;
  v_other_emails integer;
begin
  with cleaned as materialized (
    select id, regexp_replace(msisdn, '${BETWEEN_DIGITS}', '', 'g') as msisdn
      from members where msisdn ~ '[^0-9]'
  )
  update members m set msisdn = c.msisdn, updated_at = now()
    from cleaned c
   where m.id = c.id and c.msisdn ~ '${CERTAIN_PHONE}'
     and not exists (select from members other where other.msisdn = c.msisdn)
     and not exists (select from cleaned other where other.id <> c.id and other.msisdn = c.msisdn);
  get diagnostics v_phones = row_count;

  with cleaned as materialized (
    select id, lower(regexp_replace(regexp_replace(email, '[${INVISIBLE}]', '', 'g'), '^\\s+|\\s+$', '', 'g')) as email
      from members where email ~ '[^!-~]'
  )
  update members m set email = c.email, updated_at = now()
    from cleaned c
   where m.id = c.id and length(c.email) <= 254 and c.email ~ '${EMAIL}' and c.email !~ '@.*xn--'
     and not exists (select from members other where lower(other.email) = c.email)
     and not exists (select from cleaned other where other.id <> c.id and other.email = c.email);
  get diagnostics v_emails = row_count;

  select count(*) filter (where msisdn !~ '${PHONE}' or msisdn ~ '^(789|810)'), count(*) filter (where email ~ '[^!-~]')
    into v_other_phones, v_other_emails from members;
  raise info '% phones and % e-mails of members were brought to the form of today; % phones and % e-mails have another form and were left',
    v_phones, v_emails, v_other_phones, v_other_emails using errcode = '${REPORT}';
end $$;
`,
};
