import type { Pool, PoolClient } from 'pg';
import type { CardProgramConfig } from '../../../config/config.js';
import type { HolderProfile, IssueCardOutcome, IssueReservedCardOutcome } from '../card-program.js';
import { DONE, done, refused } from '../outcome.js';
import { takeCardNumbers } from './card-numbers.js';
import { CARD_COLUMNS, toCard, type CardRow } from './card-row.js';
import { upsertHolder } from './profile.js';
import { inTransaction, ownerConflict } from './transaction.js';
import { statement } from '../../../storage/statement.js';

/** Issues a card with a number of our choice; a holder who has a card gets the same one. */
export async function issueCard(
  pool: Pool,
  profile: HolderProfile,
  config: CardProgramConfig,
): Promise<IssueCardOutcome> {
  try {
    return await inTransaction<IssueCardOutcome>(pool, async (client) => {
      const member = await upsertHolder(client, profile);
      const present = await cardOf(client, member);
      if (present?.state === 'blocked') return refused('cardBlocked');
      if (present !== undefined) return done(toCard(present));
      const [number] = await takeCardNumbers(client, 1, { for: 'issue' }, config);
      if (number === undefined) return refused('noCardNumbersLeft');
      await addCard(client, member, number);
      return done(toCard(number));
    });
  } catch (error) {
    const conflict = ownerConflict(error);
    // The phone is what the member was found by: it cannot be another's.
    if (conflict.why === 'phoneOfAnotherCard') throw error;
    return conflict;
  }
}

/** Makes a reserved number, or one of an agreed pool, the card of a holder. */
export async function issueReservedCard(
  pool: Pool,
  cardNumber: string,
  profile: HolderProfile,
): Promise<IssueReservedCardOutcome> {
  try {
    return await inTransaction<IssueReservedCardOutcome>(pool, async (client) => {
      const number = await lockNumber(client, cardNumber);
      const owned = await ownedCard(client, cardNumber);
      if (owned !== undefined) {
        if (owned.msisdn !== profile.phone) return refused('cardNumberTaken');
        if (owned.state === 'blocked') return refused('cardBlocked');
        await upsertHolder(client, profile);
        return DONE;
      }
      if (number === undefined || number.reservation === 'never') return refused('cardNotReserved');
      if (number.reservation === 'over') return refused('reservationExpired');
      const member = await upsertHolder(client, profile);
      const present = await cardOf(client, member);
      if (present?.state === 'blocked') return refused('cardBlocked');
      if (present !== undefined) return refused('phoneOfAnotherCard');
      await addCard(client, member, number);
      await client.query('update card_numbers set issued_at = now() where number = $1', [cardNumber]);
      return DONE;
    });
  } catch (error) {
    return ownerConflict(error);
  }
}

interface NumberRow extends CardRow {
  /** A number of an agreed pool counts as reserved: Кошелёк holds it. */
  readonly reservation: 'held' | 'over' | 'never';
}

/** The clock, not `now()`: the transaction may have waited for the lock past the end of the reservation. */
const LOCK_NUMBER = statement('lock-card-number')`
select c.number, 'active' as state, c.barcode, c.barcode_type as "barcodeType",
       case when c.kind = 'agreed' or c.reserved_until >= clock_timestamp() then 'held'
            when c.reserved_until = '-infinity' then 'never'
            else 'over' end as reservation
  from card_numbers c where c.number = $1 for update`;

async function lockNumber(client: PoolClient, cardNumber: string): Promise<NumberRow | undefined> {
  const { rows } = await client.query<NumberRow>({ ...LOCK_NUMBER, values: [cardNumber] });
  return rows[0];
}

const OWNED_CARD = statement('owned-card')`
select c.state, m.msisdn from cards c left join members m on m.id = c.member_id where c.number = $1`;

async function ownedCard(
  client: PoolClient,
  cardNumber: string,
): Promise<{ state: CardRow['state']; msisdn: string | null } | undefined> {
  const { rows } = await client.query<{ state: CardRow['state']; msisdn: string | null }>({
    ...OWNED_CARD,
    values: [cardNumber],
  });
  return rows[0];
}

const CARD_OF_MEMBER = statement('card-of-member')`select ${CARD_COLUMNS} from cards c where c.member_id = $1`;

async function cardOf(client: PoolClient, member: string): Promise<CardRow | undefined> {
  const { rows } = await client.query<CardRow>({
    ...CARD_OF_MEMBER,
    values: [member],
  });
  return rows[0];
}

const ADD_CARD = statement('add-card')`
insert into cards (number, member_id, barcode, barcode_type) values ($1, $2, $3, $4)`;

async function addCard(client: PoolClient, member: string, { number, barcode, barcodeType }: CardRow): Promise<void> {
  await client.query({
    ...ADD_CARD,
    values: [number, member, barcode, barcodeType],
  });
}
