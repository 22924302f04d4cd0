import type { Pool } from 'pg';
import type { CardView } from './card-views.js';
import { LOT_COUNTS, LOT_HAS_BEGUN, LOT_ORDER } from '../card-program/postgres/card-row.js';
import { statement } from '../../storage/statement.js';

/** How many purchases, receipts and redemptions a card's page shows. */
const LAST = 20;

const HOLDER = `
select json_build_object('phone', msisdn, 'email', email, 'firstname', first_name, 'patronymic', patronymic,
         'surname', surname, 'birthDate', birth_date, 'sex', sex, 'countryCode', country_code, 'locality', locality,
         'since', created_at, 'updatedAt', updated_at)
  from members where id = c.member_id`;

/** The lots behind the balance; a future lot is in the total, but not available yet. */
const LOTS = `
select coalesce(trim_scale(sum(amount - spent))::text, '0') as total,
       coalesce(trim_scale(sum(amount - spent) filter (where ${LOT_HAS_BEGUN}))::text, '0') as available,
       coalesce(json_agg(json_build_object(
         'id', id::text, 'description', description, 'amount', trim_scale(amount)::text,
         'rest', trim_scale(amount - spent)::text, 'availableFrom', available_from, 'validUntil', valid_until,
         'source', source, 'createdAt', created_at) order by ${LOT_ORDER}), '[]') as lots
  from bonus_lots where card_number = c.number and ${LOT_COUNTS}`;

/** Each channel's present state and its history: when it changed, and through which call. */
const CONSENTS = `
select json_build_object('channel', n.channel, 'allowed', n.allowed, 'updatedAt', n.updated_at,
         'history', (select coalesce(json_agg(json_build_object('allowed', h.allowed, 'at', h.at, 'source', h.source)
                                              order by h.id desc), '[]')
                       from channel_consent_history h where h.card_number = n.card_number and h.channel = n.channel)
       ) as entry, n.channel as place
  from channel_consents n where n.card_number = c.number`;

const PURCHASES = `
select json_build_object('date', to_char(bought_at, 'YYYY-MM-DD'), 'item', item, 'amountKopecks', amount::text,
         'quantity', trim_scale(quantity)::text, 'location', location, 'bonuses', trim_scale(bonuses)::text
       ) as entry, (bought_at, id) as place
  from purchases where card_number = c.number order by bought_at desc, id desc limit ${LAST}`;

/** The parts of a receipt that name it; what it earned is the sum over the rules that fitted. */
const RECEIPTS = `
select json_build_object('printedAt', to_char(printed_at, 'YYYY-MM-DD"T"HH24:MI:SS'), 'sumKopecks', sum::text,
         'fiscalDrive', fiscal_drive, 'document', document, 'fiscalSign', fiscal_sign, 'at', at,
         'bonuses', (select coalesce(trim_scale(sum(l.amount))::text, '0')
                       from receipt_credits k join bonus_lots l on l.id = k.lot_id where k.receipt_id = r.id)
       ) as entry, id as place
  from receipts r where card_number = c.number order by id desc limit ${LAST}`;

const REDEMPTIONS = `
select json_build_object('code', p.code, 'description', p.description, 'at', d.at, 'bonuses', trim_scale(l.amount)::text
       ) as entry, (d.at, d.lot_id) as place
  from promo_redemptions d join promo_codes p on p.id = d.promo_code_id join bonus_lots l on l.id = d.lot_id
 where d.card_number = c.number order by d.at desc, d.lot_id desc limit ${LAST}`;

const listOf = (entries: string, order: 'asc' | 'desc'): string =>
  `(select coalesce(json_agg(entry order by place ${order}), '[]') from (${entries}) e)`;

/** One statement, so that everything on the page is from the same instant. */
const LOOK = statement('look-at-card')`
select c.number, c.state, json_build_object('number', c.barcode, 'type', c.barcode_type) as barcode,
       c.created_at as "createdAt", c.updated_at as "updatedAt",
       coalesce((${HOLDER}), '{}') as holder,
       (select row_to_json(b) from (${LOTS}) b) as balance,
       ${listOf(CONSENTS, 'asc')} as consents,
       ${listOf(PURCHASES, 'desc')} as purchases,
       ${listOf(RECEIPTS, 'desc')} as receipts,
       ${listOf(REDEMPTIONS, 'desc')} as redemptions
  from cards c where c.number = $1`;

/** @returns undefined for an unknown card */
export async function lookAtCard(pool: Pool, cardNumber: string): Promise<CardView | undefined> {
  const { rows } = await pool.query<CardView>({ ...LOOK, values: [cardNumber] });
  return rows[0];
}
