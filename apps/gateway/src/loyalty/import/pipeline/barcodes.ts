import type { Refusal } from './upsert-rows.js';

/**
 * Two imports at once would not see each other's barcodes, so a lock serialises their batches. The number of the lock
 * is arbitrary; the transaction releases it.
 */
export const LOCK_BARCODES = 'select pg_advisory_xact_lock(6027018)';

/** Rejects a line whose barcode another card has: a till would pick one of the two. */
export const BARCODE_TAKEN = 'is the barcode of another card or number';

/** The same for lines written by `upsertRows`, with a number and a barcode; an empty barcode means the number. */
export const BARCODE_REFUSAL: Refusal = {
  when: `b.turn > 1
         or exists (select from cards x where x.barcode = b.barcode and x.number <> g.number)
         or exists (select from card_numbers x
                     where x.barcode = b.barcode and x.number <> g.number and x.issued_at is null)
         or exists (select from import_claims x
                     where x.field = 'barcode' and x.value = b.barcode and x.owner <> g.number)`,
  field: 'barcode',
  reason: BARCODE_TAKEN,
};

/**
 * The barcode of each line `g`, and the line's rank among the lines with that barcode, from 1: a number that already
 * has it comes first.
 */
export const BARCODE_OF_LINE = `
left join (select line, coalesce(barcode, number) as barcode,
                  row_number() over (
                    partition by coalesce(barcode, number)
                    order by exists (select from card_numbers x
                                      where x.number = given.number
                                        and x.barcode = coalesce(given.barcode, given.number)) desc, line
                  ) as turn
             from given) b
  on b.line = g.line`;
