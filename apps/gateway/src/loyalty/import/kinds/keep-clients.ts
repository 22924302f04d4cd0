import type { PoolClient } from 'pg';
import type { Kept, Rejection } from '../pipeline/rejection.js';
import type { ClientLine } from './client-line.js';

/** A member as far as a batch has to know him: those of the database, and those that the batch itself brings. */
interface Member {
  readonly id: string;
  readonly isNew: boolean;
  cardNumber: string | null;
}

interface MemberRow {
  readonly id: string;
  readonly msisdn: string | null;
  readonly email: string | null;
  readonly number: string | null;
}

const KNOWN = `
select m.id, m.msisdn, lower(m.email) as email, c.number from members m left join cards c on c.member_id = m.id
 where m.msisdn = any($1)
union
select m.id, m.msisdn, lower(m.email), c.number from members m left join cards c on c.member_id = m.id
 where lower(m.email) = any($2)
union
select m.id, m.msisdn, lower(m.email), c.number from cards c join members m on m.id = c.member_id
 where c.number = any($3)`;

/**
 * Keeps a batch of clients: a line whose card is known changes its holder, any other line brings a new card. Importing
 * the same line again changes nothing. A line that claims the phone or e-mail of another card's holder is rejected.
 */
export async function keepClients(client: PoolClient, lines: readonly ClientLine[]): Promise<Kept> {
  const { rows: known } = await client.query<MemberRow>(KNOWN, [
    lines.map(({ phone }) => phone),
    lines.map(({ email }) => email),
    lines.map(({ cardNumber }) => cardNumber),
  ]);
  const { rows: ids } = await client.query<{ id: string }>(
    `select nextval(pg_get_serial_sequence('members', 'id'))::text as id from generate_series(1, $1)`,
    [lines.length],
  );
  const rejected: Rejection[] = [];
  const match = matcher(known);
  const kept = lines.flatMap((line, at) => {
    const member = match(line, ids[at]?.id ?? '');
    if ('reason' in member) rejected.push(member);
    return 'reason' in member ? [] : [{ line, member }];
  });
  const created = kept.filter(({ member }) => member.isNew);
  const updated = kept.filter(({ member }) => !member.isNew);
  await writeMembers(client, INSERT_MEMBERS, created);
  await writeMembers(client, UPDATE_MEMBERS, updated);
  await writeCards(client, kept);
  return { created: created.length, updated: updated.length, rejected };
}

/** Finds the member of each line, one line after the other, so that lines of a batch see each other. */
function matcher(known: readonly MemberRow[]): (line: ClientLine, newId: string) => Member | Rejection {
  const byPhone = new Map<string, Member>();
  const byEmail = new Map<string, Member>();
  const byCard = new Map<string, Member>();
  for (const { id, msisdn, email, number } of known) {
    const member = { id, isNew: false, cardNumber: number };
    if (msisdn !== null) byPhone.set(msisdn, member);
    if (email !== null) byEmail.set(email, member);
    if (number !== null) byCard.set(number, member);
  }
  return ({ line, cardNumber, phone, email }, newId) => {
    const phoneOwner = byPhone.get(phone ?? '');
    const cardless = phoneOwner?.cardNumber === null ? phoneOwner : undefined;
    const member = byCard.get(cardNumber) ?? cardless ?? { id: newId, isNew: true, cardNumber };
    if (phoneOwner !== undefined && phoneOwner.id !== member.id) {
      return { line, field: 'phone', reason: "is the phone of another card's holder" };
    }
    const emailOwner = byEmail.get(email ?? '');
    if (emailOwner !== undefined && emailOwner.id !== member.id) {
      return { line, field: 'email', reason: "is the e-mail of another card's holder" };
    }
    member.cardNumber = cardNumber;
    byCard.set(cardNumber, member);
    if (phone !== null) byPhone.set(phone, member);
    if (email !== null) byEmail.set(email, member);
    return member;
  };
}

interface KeptLine {
  readonly line: ClientLine;
  readonly member: Member;
}

const GIVEN = `unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[])
  as g (id, msisdn, email, birth_date, first_name, patronymic, surname, sex)`;

const INSERT_MEMBERS = `
insert into members (id, msisdn, email, birth_date, first_name, patronymic, surname, sex)
overriding system value
select * from ${GIVEN}`;

/** What the file does not say stays as it was. */
const UPDATE_MEMBERS = `
update members m
   set msisdn = coalesce(g.msisdn, m.msisdn), email = coalesce(g.email, m.email),
       birth_date = coalesce(g.birth_date, m.birth_date), first_name = coalesce(g.first_name, m.first_name),
       patronymic = coalesce(g.patronymic, m.patronymic), surname = coalesce(g.surname, m.surname),
       sex = coalesce(g.sex, m.sex), updated_at = now()
  from ${GIVEN}
 where m.id = g.id
   and (m.msisdn, lower(m.email), m.birth_date, m.first_name, m.patronymic, m.surname, m.sex) is distinct from
       (coalesce(g.msisdn, m.msisdn), coalesce(g.email, lower(m.email)), coalesce(g.birth_date, m.birth_date),
        coalesce(g.first_name, m.first_name), coalesce(g.patronymic, m.patronymic), coalesce(g.surname, m.surname),
        coalesce(g.sex, m.sex))`;

async function writeMembers(client: PoolClient, statement: string, kept: readonly KeptLine[]): Promise<void> {
  if (kept.length === 0) return;
  await client.query(statement, [
    kept.map(({ member }) => member.id),
    kept.map(({ line }) => line.phone),
    kept.map(({ line }) => line.email),
    kept.map(({ line }) => line.birthDate),
    kept.map(({ line }) => line.firstName),
    kept.map(({ line }) => line.patronymic),
    kept.map(({ line }) => line.surname),
    kept.map(({ line }) => line.sex),
  ]);
}

/**
 * The balance of the file is one lot of the card: read again, it is set again, never added, and never below what has
 * been spent of it. A number that waits in a pool leaves it, so that it is not handed out.
 */
const WRITE_CARDS = `
with given as (
  select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::date[], $6::numeric[])
    as g (member_id, number, barcode, barcode_type, issued_on, balance)
), kept as (
  insert into cards (number, member_id, barcode, barcode_type, created_at)
  select number, member_id, barcode, barcode_type, coalesce(issued_on, now()) from given
  on conflict (number) do update
    set barcode = excluded.barcode, barcode_type = excluded.barcode_type, updated_at = now()
    where (cards.barcode, cards.barcode_type) is distinct from (excluded.barcode, excluded.barcode_type)
), taken as (
  update card_numbers n set issued_at = now() from given where n.number = given.number and n.issued_at is null
), emptied as (
  delete from bonus_lots using given
   where source = 'registry' and external_id = number and balance = 0 and spent = 0
)
insert into bonus_lots (card_number, description, amount, source, external_id)
select number, 'Баланс', balance, 'registry', number from given where balance > 0
on conflict on constraint bonus_lots_external do update set amount = greatest(excluded.amount, bonus_lots.spent)
  where bonus_lots.amount <> greatest(excluded.amount, bonus_lots.spent)`;

async function writeCards(client: PoolClient, kept: readonly KeptLine[]): Promise<void> {
  if (kept.length === 0) return;
  await client.query(WRITE_CARDS, [
    kept.map(({ member }) => member.id),
    kept.map(({ line }) => line.cardNumber),
    kept.map(({ line }) => line.barcode),
    kept.map(({ line }) => line.barcodeType),
    kept.map(({ line }) => line.issuedOn),
    kept.map(({ line }) => line.balance),
  ]);
}
