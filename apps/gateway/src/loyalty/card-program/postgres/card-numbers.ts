import {
  checkDigit,
  CHECKED_BARCODE_LENGTHS,
  type BarcodeType,
  type CheckedBarcodeType,
} from '@vestibule/koshelek-contract';
import type { Pool, PoolClient } from 'pg';
import type { CardProgramConfig, GeneratedNumberConfig } from '../../../config/config.js';
import type { ReserveCardNumberOutcome } from '../card-program.js';
import { CardProgramError } from '../card-program.error.js';
import { done, refused } from '../outcome.js';
import { toCard, type CardRow } from './card-row.js';
import { statement } from '../../../storage/statement.js';

/** What the statement that takes a number does with it. */
type Use = { readonly for: 'reservation'; readonly secs: number } | { readonly for: 'issue' };

const COLUMNS = `n.number, 'active' as state, n.barcode, n.barcode_type as "barcodeType"`;

/**
 * Free numbers, locked and taken in one statement. Rows that others are taking are skipped, so that many processes take
 * numbers at once and never the same one. Lapsed reservations come last, the longest lapsed first, because a holder may
 * return a little late.
 */
const TAKE = statement('take-numbers')`
with free as materialized (
  select f.number from card_numbers f
   where f.issued_at is null and f.kind <> 'agreed' and f.reserved_until < now()
     and not exists (select from cards c where c.number = f.number)
   order by f.reserved_until, f.id
   limit $2
   for update skip locked
)
update card_numbers n
   set reserved_until = coalesce(now() + $1::integer * interval '1 second', n.reserved_until),
       issued_at = case when $1::integer is null then now() end
  from free where n.number = free.number
returning ${COLUMNS}`;

const SERIALS = `select nextval('card_number_serial')::text as serial from generate_series(1, $1)`;

/** A number that is known already, as a card or in a pool, does not come back. */
const ADD = statement('add-numbers')`
insert into card_numbers as n (number, kind, barcode, barcode_type, reserved_until, issued_at)
select given.number, 'generated', given.number, $3::text,
       coalesce(now() + $1::integer * interval '1 second', '-infinity'), case when $1::integer is null then now() end
  from unnest($2::text[]) as given (number)
 where not exists (select from cards c where c.number = given.number)
on conflict (number) do nothing
returning ${COLUMNS}`;

/** How many batches of generated numbers may all be taken already before the callers get an error. */
const MOST_TRIES = 500;

/** Distinguishes the callers of one statement: each reserves one number. */
export type Reservation = 'one number';

/**
 * Holds free numbers for a while, one per reservation.
 *
 * @returns one outcome per reservation, in order
 */
export async function reserveCardNumbers(
  pool: Pool,
  reservations: readonly Reservation[],
  config: CardProgramConfig,
): Promise<ReserveCardNumberOutcome[]> {
  const use = { for: 'reservation', secs: config.reservationHoldSecs } as const;
  const numbers = await takeCardNumbers(pool, reservations.length, use, config);
  return reservations.map((_, at) => {
    const number = numbers[at];
    return number === undefined ? refused('noCardNumbersLeft') : done(toCard(number));
  });
}

/**
 * Takes free numbers: from the pool, and generated ones where that is allowed.
 *
 * @returns as many as were asked for, or fewer when no more are free
 */
export async function takeCardNumbers(
  database: Pool | PoolClient,
  count: number,
  use: Use,
  { cardNumberSource, generatedNumber }: CardProgramConfig,
): Promise<CardRow[]> {
  const secs = use.for === 'reservation' ? use.secs : null;
  const { rows: taken } = await database.query<CardRow>({ ...TAKE, values: [secs, count] });
  if (cardNumberSource === 'pool') return taken;
  for (let tries = 0; taken.length < count; tries += 1) {
    if (tries === MOST_TRIES) throw new CardProgramError('requestTimeout', 'too many generated numbers were known');
    const { rows: serials } = await database.query<{ serial: string }>(SERIALS, [count - taken.length]);
    const numbers = serials.flatMap(({ serial }) => generateCardNumber(generatedNumber, serial) ?? []);
    if (numbers.length === 0) return taken;
    const values = [secs, numbers, generatedNumber.barcodeType];
    taken.push(...(await database.query<CardRow>({ ...ADD, values })).rows);
  }
  return taken;
}

/**
 * The number that belongs to a serial number: prefix, serial, check digit.
 *
 * @param serial decimal digits
 * @returns `undefined` when the serial has too many digits
 */
export function generateCardNumber(
  { prefix, length, barcodeType }: GeneratedNumberConfig,
  serial: string,
): string | undefined {
  const checked = isChecked(barcodeType);
  const room = length - prefix.length - (checked ? 1 : 0);
  if (serial.length > room) return undefined;
  const digits = prefix + serial.padStart(room, '0');
  return checked ? digits + checkDigit(barcodeType, digits) : digits;
}

function isChecked(type: BarcodeType): type is CheckedBarcodeType {
  return Object.hasOwn(CHECKED_BARCODE_LENGTHS, type);
}
