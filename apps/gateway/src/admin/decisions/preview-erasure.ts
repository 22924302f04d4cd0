import type { Pool, PoolClient } from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import { maskName } from '../../loyalty/admin/mask.js';
import { eraseMember } from '../../loyalty/erasure/erase-member.js';
import { requestErasure } from '../../orders/ledger/anonymise-orders.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';
import type { ErasurePreview } from './decision-answers.js';
import type { ErasurePhone } from './decision-requests.js';
import { hashPhone } from './phone-hash.js';

const FIND = statement('find-person-to-erase')`
select m.first_name as "firstName", m.surname, array_remove(array_agg(c.number order by c.number), null) as cards
  from members m left join cards c on c.member_id = m.id
 where m.msisdn = $1 group by m.id`;

/** What keeps its rows when a person goes, though without a way to the person (docs/personal-data.md). */
const STAYS = statement('count-what-erasure-leaves')`
select (select count(*) from cards where number = any($1))::int as cards,
       (select count(*) from channel_consent_history where card_number = any($1))::int as channel_consent_history,
       (select count(*) from purchases where card_number = any($1))::int as purchases,
       (select count(*) from receipts where card_number = any($1))::int as receipts,
       (select count(*) from promo_redemptions where card_number = any($1))::int as promo_redemptions,
       (select count(*) from bonus_lots where card_number = any($1))::int as bonus_lots,
       (select count(*) from balance_adjustments where card_number = any($1))::int as balance_adjustments,
       (select count(*) from audit where card_number = any($1))::int as audit`;

interface Person {
  readonly firstName: string | null;
  readonly surname: string | null;
  readonly cards: string[];
}

/**
 * What an erasure would take: it is done and undone again, so that the numbers are those of the erasure itself. That someone
 * has looked stays in the audit.
 */
export async function previewErasure(
  pool: Pool,
  { msisdn, inOrders }: ErasurePhone,
  who: string,
): Promise<ErasurePreview> {
  const phoneHash = await hashPhone(inOrders[0] ?? '');
  const rehearse = (client: PoolClient): Promise<ErasurePreview> => rehearseErasure(client, { msisdn, inOrders }, who);
  const preview = await runTransaction(pool, rehearse, () => false);
  const { cards, orders, pending } = preview;
  const details = { phoneHash, cards: cards.length, orders: orders + pending };
  await writeAudit(pool, { who, why: undefined }, { action: 'person.preview', cardNumber: null, details });
  return preview;
}

async function rehearseErasure(client: PoolClient, phone: ErasurePhone, who: string): Promise<ErasurePreview> {
  const { msisdn, inOrders } = phone;
  const found = await client.query<Person>({ ...FIND, values: [msisdn ?? null] });
  const { firstName = null, surname = null, cards = [] } = found.rows[0] ?? {};
  const kept = await client.query<Record<string, number>>({ ...STAYS, values: [cards] });
  const programme = msisdn === undefined ? {} : await eraseMember(client, msisdn);
  const asked = { phones: inOrders, phoneHash: '', programme };
  const { orders, pending } = await requestErasure(client, asked, { who, why: undefined });
  return {
    cards,
    holder: maskName(firstName, surname),
    orders: orders - pending,
    pending,
    goes: { ...programme },
    stays: { ...kept.rows[0], orders },
  };
}
