import { importKind } from '../pipeline/import-kind.js';
import { CLIENT_COLUMNS, toClientLine } from './client-line.js';
import { upsertClients } from './upsert-clients.js';

/** Кошелёк's offline registry of clients as it is: members, their cards and balances. */
export const clients = importKind({
  columns: CLIENT_COLUMNS,
  key: ['card_number'],
  tables: ['members', 'cards', 'bonus_lots'],
  claims: (row) => {
    const { cardNumber: owner, phone, email, barcode } = toClientLine(row);
    return [
      ...(phone === null ? [] : [{ field: 'phone', value: phone, owner }]),
      ...(email === null ? [] : [{ field: 'email', value: email, owner }]),
      { field: 'barcode', value: barcode, owner },
    ];
  },
  keep: (client, rows) => upsertClients(client, rows.map(toClientLine)),
});
