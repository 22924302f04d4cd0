import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAMPLE } from '../harness/own-system.js';
import { listen } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

const KIT = fileURLToPath(new URL('../../../apps/sandbox/dist/koshelek-check.js', import.meta.url));
const CREDENTIALS = ['--login', 'wallet', '--password', 'test-wallet-password'];
const BLOCKED_PHONE = '79160000004';

/** A member who has bought, collected bonuses and may collect more. Run again, it adds nothing. */
const MEMBER_WITH_HISTORY = `
with member as (
  insert into members (msisdn, email, birth_date) values ('79160000009', 'vera@example.com', '1985-11-30')
  on conflict do nothing returning id
), card as (
  insert into cards (number, member_id, state, barcode, barcode_type)
  select '0000009', id, 'active', '4600000000015', 'EAN_13' from member returning number
), lots as (
  insert into bonus_lots (card_number, description, amount, valid_until, source)
  select number, 'За покупку', amount, current_date + 30, 'test' from card, (values (10), (2.5)) as lot (amount)
), bought as (
  insert into purchases (card_number, bought_at, item, amount, quantity, location, bonuses)
  select number, at, 'Хлеб', 4990, 1.5, 'Москва', 2
    from card, (values (timestamp '2026-03-17 00:00'), ('2026-03-17 23:59:59')) as line (at)
), rule as (
  insert into receipt_rules (description, percent) select 'За чек', 5 from card
), phone as (
  insert into special_phones (phone) select phone from card, (values ('79160000001'), ('79160000002')) as p (phone)
  returning phone
)
insert into special_phone_params (phone, position, name, value)
select phone, 1, 'discount', '5' from phone where phone = '79160000001'`;

interface Report {
  readonly checks: readonly {
    readonly id: string;
    readonly certainty: string;
    readonly outcome: string;
    readonly found?: string;
    readonly reason?: string;
  }[];
}

describe('the gateway, before the conformance kit', () => {
  const { gateway, database, start } = withGateway({ env: { ROLES: 'loyalty' } });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-conformance-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Calls a gateway as Кошелёк does. */
  async function check(url: string, ...options: string[]) {
    await database.pool.query(MEMBER_WITH_HISTORY);
    await database.pool.query(
      `with member as (insert into members (msisdn) values ($1) on conflict do nothing returning id)
       insert into cards (number, member_id, state, barcode, barcode_type)
       select '0000004', id, 'blocked', '0000004', 'CODE_128' from member`,
      [BLOCKED_PHONE],
    );
    const file = join(folder, 'run.json');
    const args = [KIT, url, ...CREDENTIALS, '--blocked-phone', BLOCKED_PHONE, '--json', file, ...options];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [[code], stdout] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
    const { checks } = JSON.parse(await readFile(file, 'utf8')) as Report;
    const not = (outcome: string) =>
      checks.filter((row) => row.outcome === outcome).map(({ id, found, reason }) => ({ id, why: found ?? reason }));
    return {
      code: code as number | null,
      stdout,
      failed: not('failed'),
      notPossible: not('not-possible'),
      skipped: not('skipped').map(({ id }) => id),
    };
  }

  it('follows every rule of the contract, also those seen at partners or unknown', async () => {
    const { code, failed, notPossible, skipped } = await check(gateway.publicUrl);
    expect({ failed, notPossible }).toEqual({ failed: [], notPossible: [] });
    // A new holder has no bonuses and no purchases.
    expect(skipped).toEqual([
      'connection.https',
      'version.later-methods',
      'balance.lot-fields',
      'balance.lot-date',
      'purchases.inclusive-days',
      'purchases.line-fields',
      'purchases.amount',
    ]);
    expect(code).toBe(0);
  });

  it('follows them for a member with a history, when receipts earn and phones have special terms', async () => {
    const member = ['--card', '0000009', '--phone', '79160000009', '--email', 'vera@example.com'];
    const { code, failed, notPossible, skipped } = await check(
      gateway.publicUrl,
      ...member,
      '--birth-date',
      '1985-11-30',
    );
    expect({ failed, notPossible }).toEqual({ failed: [], notPossible: [] });
    expect(skipped).toEqual(['connection.https', 'version.later-methods']);
    expect(code).toBe(0);
  });

  it('follows them with the documented example of an own system', async () => {
    const members = new EXAMPLE.Members();
    members.add('0000004', { phone: BLOCKED_PHONE }).state = 'blocked';
    const CARD_PROGRAM_KEY = 'test-card-program-key-of-32-chars';
    const server = EXAMPLE.createProgrammeServer(EXAMPLE.createProgramme(members), CARD_PROGRAM_KEY);
    try {
      const { publicUrl } = await start({ CARD_PROGRAM: await listen(server), CARD_PROGRAM_KEY });
      const { failed, notPossible, skipped } = await check(publicUrl);
      expect({ failed, notPossible }).toEqual({ failed: [], notPossible: [] });
      expect(skipped).not.toContain('issue.accepted');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('follows them in version 1.0.0, below a base path, with 422 for wrong credentials', async () => {
    const { publicUrl } = await start({
      KOSHELEK_API_VERSION: '1.0.0',
      PUBLIC_BASE_PATH: '/cardsmobile',
      KOSHELEK_AUTH_FAILURE_STATUS: '422',
    });
    const { code, failed, notPossible, skipped } = await check(`${publicUrl}/cardsmobile`, '--api-version', '1.0.0');
    expect({ failed, notPossible }).toEqual({ failed: [], notPossible: [] });
    expect(skipped).toContain('issue.accepted');
    expect(code).toBe(0);
  });
});
