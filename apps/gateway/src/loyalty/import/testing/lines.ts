/** Members with cards `C0` to `C(count-1)`, and an offer, for files that speak of them. */
export const cards = (count: number): string => `
with member as (
  insert into members (msisdn) select '7917' || lpad(n::text, 7, '0') from generate_series(0, ${count - 1}) as n
  returning id, msisdn
), card as (
  insert into cards (number, member_id, barcode, barcode_type)
  select 'C' || substr(msisdn, 5)::integer, id, 'C' || substr(msisdn, 5)::integer, 'CODE_128' from member
)
insert into offers (id, title, for_all) values ('O', 'Закрытая распродажа', false)`;

/** A long file of each kind: its header, and the line of each number from 0 on, with a unique key. */
export const LINES: Readonly<Record<string, { readonly header: string; readonly line: (n: number) => string }>> = {
  clients: {
    header: 'card_number;phone;bonus_balance',
    line: (n) => `N${n};7916${String(n).padStart(7, '0')};10`,
  },
  purchases: {
    header: 'external_id;card_number;date;item;amount_rub;quantity;bonuses',
    line: (n) => `P${n};C${n % 10};202603${10 + (n % 20)};Чай;${n}.05;1;1`,
  },
  bonuses: { header: 'external_id;card_number;amount', line: (n) => `B${n};C${n % 10};0.5` },
  numbers: { header: 'number;barcode_type', line: (n) => `K${n};CODE_128` },
  offers: { header: 'id;title', line: (n) => `offer-${n};Скидка ${n}` },
  'offer-cards': { header: 'offer_id;card_number', line: (n) => `O;C${n}` },
  'promo-codes': { header: 'code;description;bonus', line: (n) => `GIFT${n};Подарок;5` },
  'receipt-rules': { header: 'external_id;description;percent', line: (n) => `R${n};Кешбэк;5` },
  'special-phones': {
    header: 'phone;name;value',
    line: (n) => `7918${String(n >> 1).padStart(7, '0')};p${n & 1};${n}`,
  },
};
