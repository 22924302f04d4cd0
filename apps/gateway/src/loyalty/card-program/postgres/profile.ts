import type { Profile } from '@vestibule/koshelek-contract';
import type { Pool, PoolClient } from 'pg';
import type { HolderProfile, UpdateProfileOutcome } from '../card-program.js';
import { DONE, refused } from '../outcome.js';
import type { CardRow } from './card-row.js';
import { ownerConflict } from './transaction.js';
import { statement } from '../../../storage/statement.js';

/** The column of each field of a profile. */
const COLUMNS = {
  phone: 'msisdn',
  email: 'email',
  birthDate: 'birth_date',
  firstname: 'first_name',
  patronymic: 'patronymic',
  surname: 'surname',
  sex: 'sex',
  countryCode: 'country_code',
  locality: 'locality',
} as const satisfies Record<keyof Profile, string>;

const FIELDS = Object.keys(COLUMNS) as (keyof Profile)[];
const TYPES: Partial<Record<keyof Profile, string>> = { birthDate: 'date' };

/** The fields' values, absent ones as null. */
function valuesOf(profile: Profile): (string | null)[] {
  return FIELDS.map((field) => profile[field] ?? null);
}

/** The holder of a blocked card does not change. */
const UPDATE = statement('update-profile')`
with card as (
  select member_id, state from cards where number = $1
), changed as (
  update members m
     set ${FIELDS.map((field, at) => `${COLUMNS[field]} = coalesce($${at + 2}::${TYPES[field] ?? 'text'}, m.${COLUMNS[field]})`).join(', ')},
         updated_at = now()
    from card where m.id = card.member_id and card.state <> 'blocked'
)
select state from card`;

/** Changes the given fields of a holder's profile; absent fields do not change. */
export async function updateProfile(pool: Pool, cardNumber: string, profile: Profile): Promise<UpdateProfileOutcome> {
  try {
    const { rows } = await pool.query<Pick<CardRow, 'state'>>({
      ...UPDATE,
      values: [cardNumber, ...valuesOf(profile)],
    });
    const [card] = rows;
    if (card === undefined) return refused('cardNotFound');
    return card.state === 'blocked' ? refused('cardBlocked') : DONE;
  } catch (error) {
    return ownerConflict(error);
  }
}

const COLUMN_NAMES = FIELDS.map((field) => COLUMNS[field]);
const UPSERT = statement('upsert-holder')`
insert into members (${COLUMN_NAMES.join(', ')})
values (${FIELDS.map((field, at) => `$${at + 1}::${TYPES[field] ?? 'text'}`).join(', ')})
on conflict (msisdn) do update
  set ${COLUMN_NAMES.map((column) => `${column} = coalesce(excluded.${column}, members.${column})`).join(', ')},
      updated_at = now()
returning id`;

/**
 * Finds or creates the member with this phone, and stores the profile. Until the end of the transaction no one else can
 * issue a card to the member: a simultaneous call waits here.
 *
 * @throws the database's error when the e-mail belongs to another member; `ownerConflict` reads it
 * @returns the member's id
 */
export async function upsertHolder(client: PoolClient, profile: HolderProfile): Promise<string> {
  const { rows } = await client.query<{ id: string }>({ ...UPSERT, values: valuesOf(profile) });
  const [member] = rows;
  if (member === undefined) throw new Error('a member was not found and not created');
  return member.id;
}
