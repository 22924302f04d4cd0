import type pg from 'pg';
import type { GatewayProcess } from '../harness/gateway-process.js';

/** Invented people; their phones belong to no one. */
const MEMBERS = `
insert into members (msisdn, email, first_name, patronymic, surname, birth_date)
select '7999000' || lpad(n::text, 4, '0'), 'member' || n || '@example.com', first_name, patronymic, surname,
       date '1962-03-04' + n * 397
  from generate_series(1, 24) n
  cross join lateral (select (array['Анна','Вера','Дарья','Ирина','Мария','Ольга'])[n % 6 + 1] as first_name,
    (array['Сергеевна','Петровна','Ильинична','Олеговна'])[n % 4 + 1] as patronymic,
    (array['Белова','Громова','Ершова','Зуева','Лаптева'])[n % 5 + 1] as surname) names`;
const CARDS = `
insert into cards (number, member_id, state, barcode, barcode_type, created_at)
select '29000000000' || lpad(id::text, 2, '0'), id, case when id % 11 = 0 then 'blocked' else 'active' end,
       '29000000000' || lpad(id::text, 2, '0'), 'CODE_128', now() - id * interval '31 hours' from members`;
const BONUSES = `
insert into bonus_lots (card_number, description, amount, spent, valid_until, source, external_id, created_at)
select number, (array['Покупка в магазине', 'Подарок ко дню рождения', 'Компенсация'])[n], 120 * n + 0.5, 20 * n,
       current_date + 90 * n, 'seed', number || n, now() - n * interval '9 days'
  from cards cross join generate_series(1, 3) n`;
const PURCHASES = `
insert into purchases (card_number, bought_at, item, amount, quantity, location, bonuses, external_id)
select number, now()::timestamp - n * interval '52 hours', (array['Чай чёрный', 'Хлеб ржаной', 'Кофе в зёрнах', 'Яблоки'])[n],
       (array[18900, 6450, 84900, 15990])[n], 1, 'Москва, ул. Лесная, 5', n, number || '-' || n
  from cards cross join generate_series(1, 4) n`;
const CALLS = `
insert into loyalty_calls (slot, id, at, request_id, method, code, http_status, duration_ms, card)
select n, n, now() - (121 - n) * interval '41 seconds', md5('call' || n)::uuid,
       (array['getCard', 'getBalance', 'searchCards', 'getPurchases', 'issueCard'])[n % 5 + 1],
       case when n % 17 = 0 then 'cardNotFound' else 'ok' end, case when n % 17 = 0 then 422 else 200 end,
       2 + (n * 7919 % 90) / 10.0, '29000000000' || lpad((n % 24 + 1)::text, 2, '0')
  from generate_series(1, 120) n`;

/** People, their cards, the calls of Кошелёк, and what operators have done. */
export async function seedPeople(pool: pg.Pool, gateway: GatewayProcess): Promise<void> {
  for (const text of [MEMBERS, CARDS, BONUSES, PURCHASES, CALLS]) await pool.query(text);
  const call = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${gateway.internalUrl}/admin${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-admin-key', 'content-type': 'application/json', 'idempotency-key': path },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  };
  await call('/keys', { audience: 'admin', name: 'anna', role: 'office' });
  await call('/keys', { audience: 'admin', name: 'duty', role: 'operator' });
  await call('/keys', { audience: 'admin', name: 'accounts', role: 'viewer', addresses: ['10.20.0.0/16'] });
  await call('/keys', { audience: 'orders', name: 'web-shop', scopes: ['orders:write', 'orders:read'] });
  await call('/cards/2900000000003/block', { why: 'карта потеряна, обращение 1204' });
  await call('/cards/2900000000003/unblock', { why: 'карта нашлась, обращение 1204' });
  await call('/orders/plans', { decision: 'replay', filter: { status: 'failed' }, why: 'связь восстановлена' });
  await call('/cards/2900000000007/balance', { amount: '250', description: 'Компенсация', why: 'обращение 1198' });
}
