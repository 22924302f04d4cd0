/**
 * Imports look for the card or the number that has a barcode, so that no two cards show the same one. The index is not
 * unique: what was imported before may have a barcode twice, and the import of such a card says so.
 */
export const barcodesOnce = {
  id: '0018-barcodes-once',
  sql: `
create index cards_barcode on cards (barcode);
create index card_numbers_barcode on card_numbers (barcode);
`,
};
