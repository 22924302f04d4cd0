/**
 * Imports look for the card or the number that has a barcode, so that no two cards show the same one. The index is not
 * unique: what was imported before may have a barcode twice, and the import of such a card says so.
 *
 * Promo codes are compared in NFC: one that was imported in another form could not be typed on most keyboards. Where both
 * forms are there already, both stay.
 */
export const barcodesOnce = {
  id: '0018-barcodes-once',
  sql: `
create index cards_barcode on cards (barcode);
create index card_numbers_barcode on card_numbers (barcode);

update promo_codes p set code = normalize(code, NFC)
 where code is not nfc normalized
   and not exists (select from promo_codes q
                    where q.id <> p.id and without_case(q.code) = without_case(normalize(p.code, NFC)));
`,
};
