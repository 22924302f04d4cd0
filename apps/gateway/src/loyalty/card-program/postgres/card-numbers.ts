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

/** What is done with a number in the same step that takes it. */
type Use = { readonly for: 'reservation'; readonly secs: number } | { readonly for: 'issue' };

const COLUMNS = `n.number, 'active' as state, n.barcode, n.barcode_type as "barcodeType"`;

/**
 * One free number, locked and taken in one statement. What others are just taking is skipped, not waited for: so many
 * processes take numbers at once and none takes another's. The one whose reservation lapsed longest ago comes last
 * but first among the lapsed, for whoever held it may still come back a little late.
 */
const TAKE = `
update card_numbers n
   set reserved_until = coalesce(now() + $1::integer * interval '1 second', n.reserved_until),
       issued_at = case when $1::integer is null then now() end
 where n.number = (
   select f.number from card_numbers f
    where f.issued_at is null and f.kind <> 'agreed' and f.reserved_until < now()
      and not exists (select from cards c where c.number = f.number)
    order by f.reserved_until, f.id
    limit 1
    for update skip locked
 )
returning ${COLUMNS}`;

/** Nothing comes back when the number is known already: imported as a card, or into a pool. */
const ADD = `
insert into card_numbers as n (number, kind, barcode, barcode_type, reserved_until, issued_at)
select $2::text, 'generated', $2::text, $3::text,
       coalesce(now() + $1::integer * interval '1 second', '-infinity'), case when $1::integer is null then now() end
 where not exists (select from cards c where c.number = $2::text)
on conflict (number) do nothing
returning ${COLUMNS}`;

/** How many known numbers in a row are passed over before the caller is asked to come again. */
const MOST_TRIES = 1000;

/** Holds a free number for a while. */
export async function reserveCardNumber(pool: Pool, config: CardProgramConfig): Promise<ReserveCardNumberOutcome> {
  const number = await takeCardNumber(pool, { for: 'reservation', secs: config.reservationHoldSecs }, config);
  return number === undefined ? refused('noCardNumbersLeft') : done(toCard(number));
}

/**
 * Takes a number nobody has: from the pool, or a generated one where that is allowed.
 *
 * @returns `undefined` when there is none left
 */
export async function takeCardNumber(
  database: Pool | PoolClient,
  use: Use,
  { cardNumberSource, generatedNumber }: CardProgramConfig,
): Promise<CardRow | undefined> {
  const secs = use.for === 'reservation' ? use.secs : null;
  const { rows } = await database.query<CardRow>({ name: 'take-card-number', text: TAKE, values: [secs] });
  const [pooled] = rows;
  if (pooled !== undefined || cardNumberSource === 'pool') return pooled;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const serial = await database.query<{ serial: string }>(`select nextval('card_number_serial')::text as serial`);
    const number = generateCardNumber(generatedNumber, serial.rows[0]?.serial ?? '');
    if (number === undefined) return undefined;
    const values = [secs, number, generatedNumber.barcodeType];
    const added = await database.query<CardRow>({ name: 'add-card-number', text: ADD, values });
    if (added.rows[0] !== undefined) return added.rows[0];
  }
  throw new CardProgramError('requestTimeout', `${MOST_TRIES} generated card numbers in a row were known already`);
}

/**
 * The number that belongs to a serial number: prefix, serial, check digit.
 *
 * @param serial decimal digits
 * @returns `undefined` when the serial has outgrown its place
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
