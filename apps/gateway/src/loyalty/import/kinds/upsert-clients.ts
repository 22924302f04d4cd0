import type { PoolClient } from 'pg';
import { LOCK_BARCODES } from '../pipeline/barcodes.js';
import type { Kept, Rejection } from '../pipeline/rejection.js';
import type { ClientLine } from './client-line.js';
import { matchClients, type Match } from './match-clients.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/**
 * Upserts a batch of clients: a line with a known card changes its holder, any other line creates a card. Importing the
 * same line again changes nothing. A line that claims the phone, the e-mail or the barcode of another card is rejected,
 * unless a line of the same batch gives that card another value.
 */
export async function upsertClients(client: PoolClient, lines: readonly ClientLine[]): Promise<Kept> {
  await client.query(LOCK_BARCODES);
  const erased = await readErased(client, lines);
  const { kept, rejected, released } = await matchClients(
    client,
    lines.filter(({ cardNumber }) => !erased.has(cardNumber)),
  );
  const added = kept.filter(({ member }) => member.isNew);
  const known = kept.filter(({ member }) => !member.isNew);
  await release(client, released);
  const changedMembers = new Set([
    ...(await writeMembers(client, UPDATE_MEMBERS, known)),
    ...(await writeMembers(client, INSERT_MEMBERS, added)),
  ]);
  const changedCards = new Set(await writeCards(client, kept));
  const changed = known.filter(
    ({ line, member }) => changedMembers.has(member.id) || changedCards.has(line.cardNumber),
  ).length;
  return {
    created: added.length,
    changed,
    unchanged: known.length - changed,
    rejected: [
      ...rejected,
      ...lines
        .filter(({ cardNumber }) => erased.has(cardNumber))
        .map(({ line }): Rejection => ({ line, field: 'card_number', reason: ERASED })),
    ],
  };
}

const ERASED = 'is the number of a card whose holder was erased';

const ERASED_CARDS = statement('erased-cards')`
select number from cards where number = any($1) and erased_at is not null`;

/** A card whose holder was erased is never assigned again, not even to the same person. */
async function readErased(client: PoolClient, lines: readonly ClientLine[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ number: string }>({
    ...ERASED_CARDS,
    values: [lines.map(({ cardNumber }) => cardNumber)],
  });
  return new Set(rows.map(({ number }) => number));
}

/** Clears what a holder gives up before another takes it: the database never allows one phone for two members. */
async function release(client: PoolClient, { phones, emails }: Match['released']): Promise<void> {
  if (phones.length > 0) await client.query('update members set msisdn = null where id = any($1)', [phones]);
  if (emails.length > 0) await client.query('update members set email = null where id = any($1)', [emails]);
}

type KeptLine = Match['kept'][number];

const MEMBERS = new ColumnArrays<KeptLine>({
  id: ['bigint', ({ member }) => member.id],
  msisdn: ['text', ({ line }) => line.phone],
  email: ['text', ({ line }) => line.email],
  birth_date: ['date', ({ line }) => line.birthDate],
  first_name: ['text', ({ line }) => line.firstName],
  patronymic: ['text', ({ line }) => line.patronymic],
  surname: ['text', ({ line }) => line.surname],
  sex: ['text', ({ line }) => line.sex],
});

const INSERT_MEMBERS = `
insert into members (id, msisdn, email, birth_date, first_name, patronymic, surname, sex)
overriding system value
select * from ${MEMBERS.rowsAs('g')}
returning null as id`;

/** What the file does not say stays as it was. */
const UPDATE_MEMBERS = `
update members m
   set msisdn = coalesce(g.msisdn, m.msisdn), email = coalesce(g.email, m.email),
       birth_date = coalesce(g.birth_date, m.birth_date), first_name = coalesce(g.first_name, m.first_name),
       patronymic = coalesce(g.patronymic, m.patronymic), surname = coalesce(g.surname, m.surname),
       sex = coalesce(g.sex, m.sex), updated_at = now()
  from ${MEMBERS.rowsAs('g')}
 where m.id = g.id
   and (m.msisdn, lower(m.email), m.birth_date, m.first_name, m.patronymic, m.surname, m.sex) is distinct from
       (coalesce(g.msisdn, m.msisdn), coalesce(g.email, lower(m.email)), coalesce(g.birth_date, m.birth_date),
        coalesce(g.first_name, m.first_name), coalesce(g.patronymic, m.patronymic), coalesce(g.surname, m.surname),
        coalesce(g.sex, m.sex))
returning m.id::text`;

interface Changed {
  readonly id: string | null;
}

/** @returns the ids of the members that were there and have changed */
async function writeMembers(client: PoolClient, text: string, kept: Match['kept']): Promise<string[]> {
  if (kept.length === 0) return [];
  const { rows } = await client.query<Changed>(text, MEMBERS.of(kept));
  return rows.flatMap(({ id }) => id ?? []);
}

const CARDS = new ColumnArrays<KeptLine>({
  member_id: ['bigint', ({ member }) => member.id],
  number: ['text', ({ line }) => line.cardNumber],
  barcode: ['text', ({ line }) => line.barcode],
  barcode_type: ['text', ({ line }) => line.barcodeType],
  issued_on: ['date', ({ line }) => line.issuedOn],
  balance: ['numeric', ({ line }) => line.balance],
});

/**
 * The balance of the file is one lot of the card: a repeated import sets it again, never adds to it, and never sets it
 * below what was spent. A pool number leaves the pool, so that it is not assigned again.
 */
const WRITE_CARDS = `
with given as (
  select * from ${CARDS.rowsAs('g')}
), kept as (
  insert into cards (number, member_id, barcode, barcode_type, created_at)
  select number, member_id, barcode, barcode_type, coalesce(issued_on, now()) from given
  on conflict (number) do update
    set barcode = excluded.barcode, barcode_type = excluded.barcode_type, updated_at = now()
    where (cards.barcode, cards.barcode_type) is distinct from (excluded.barcode, excluded.barcode_type)
  returning number
), taken as (
  update card_numbers n set issued_at = now() from given where n.number = given.number and n.issued_at is null
), emptied as (
  delete from bonus_lots using given
   where source = 'registry' and external_id = number and balance = 0 and spent = 0
  returning number
), lots as (
  insert into bonus_lots (card_number, description, amount, source, external_id)
  select number, 'Баланс', balance, 'registry', number from given where balance > 0
  on conflict on constraint bonus_lots_external do update set amount = greatest(excluded.amount, bonus_lots.spent)
    where bonus_lots.amount <> greatest(excluded.amount, bonus_lots.spent)
  returning card_number as number
)
select number from kept union all select number from emptied union all select number from lots`;

/** @returns the numbers of the cards that are new or have changed */
async function writeCards(client: PoolClient, kept: Match['kept']): Promise<string[]> {
  if (kept.length === 0) return [];
  const { rows } = await client.query<{ number: string }>(WRITE_CARDS, CARDS.of(kept));
  return rows.map(({ number }) => number);
}
