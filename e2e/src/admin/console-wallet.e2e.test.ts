import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { auditOf, read } from '../harness/admin.js';
import { makeCard } from '../harness/cards.js';
import { openConsole, signIn } from '../harness/console.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { startHttpsFront, type HttpsFront } from '../harness/https-front.js';
import { describeInBrowser, expectClean } from '../harness/in-browser.js';
import { placeOrder } from '../harness/place-order.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** What the pages say in each language. */
const WORDS = {
  en: {
    koshelek: 'Кошелёк',
    goLive: 'Ready to go live',
    conforms: 'Every documented rule of the contract holds.',
    ready: 'Everything that the gateway can see is met.',
    erase: "Erase this person's data…",
    look: 'Show what would go',
    stays: 'Stays, without the person',
    confirm: 'To confirm, type ERASE',
    word: 'erase',
    why: 'Why',
    forGood: 'Erase for good',
    done: 'Erased. Members: 1, cards: 1, orders: 1.',
  },
  ru: {
    koshelek: 'Кошелёк',
    goLive: 'Готовность к запуску',
    conforms: 'Все описанные правила контракта соблюдаются.',
    ready: 'Всё, что видит шлюз, выполнено.',
    erase: 'Стереть данные этого человека…',
    look: 'Показать, что будет стёрто',
    stays: 'Останется, без человека',
    confirm: 'Для подтверждения введите СТЕРЕТЬ',
    word: 'стереть',
    why: 'Почему',
    forGood: 'Стереть навсегда',
    done: 'Стёрто. Участников: 1, карт: 1, заказов: 1.',
  },
} as const;
const LANGUAGES = ['en', 'ru'] as const;

describe('the pages about Кошелёк and its holders', () => {
  const { gateway, database, start } = withGateway({ env: { ROLES: 'admin' } });
  let front: HttpsFront;
  beforeAll(async () => {
    front = await startHttpsFront();
  });
  afterAll(() => front.stop());

  /** A gateway as it goes live: production, behind a proxy with a certificate. */
  async function startLive(): Promise<GatewayProcess> {
    const live = await start({
      ROLES: 'loyalty,admin',
      NODE_ENV: 'production',
      ALLOW_WEAK_SECRETS: 'true',
      PUBLIC_URL: front.url,
      NODE_EXTRA_CA_CERTS: front.caFile,
      ALERT_WEBHOOKS: 'ops=slack:https://alerts.example.com/hook',
    });
    front.lead(live.publicUrl);
    return live;
  }

  const speak = async (page: Page, language: 'en' | 'ru'): Promise<void> => {
    if (language === 'en') return;
    await page.locator('select.language').selectOption(language);
    await page.getByRole('link', { name: WORDS[language].koshelek, exact: true }).waitFor();
  };

  describeInBrowser({ gateway, database }, (environment) => {
    it('shows in both languages that all is ready to go live, when the public address keeps the contract', async () => {
      const live = await startLive();
      const tab = await openConsole(environment().browser, live);
      const { page } = tab;
      await signIn(page);
      for (const language of LANGUAGES) {
        const words = WORDS[language];
        await speak(page, language);
        await page.getByRole('link', { name: words.koshelek, exact: true }).click();
        await page.getByRole('link', { name: words.goLive }).click();
        await page.getByRole('heading', { level: 1, name: words.goLive }).waitFor();
        // The last result is kept: it is read in the other language.
        if (language === 'en') {
          await page.getByRole('button', { name: 'Run the check', exact: true }).click();
          await page.getByRole('progressbar').waitFor();
        }
        await page.getByText(words.ready).waitFor();
        await page.getByText(words.conforms).waitFor();
        expect(await page.locator('.badge-failed, .badge-not-possible, .badge-open').count()).toBe(0);
      }
      await tab.close();
      expectClean(tab, live);
      // Those whom the kit has invented are gone.
      const { rowCount } = await database.pool.query(`select from members where msisdn like '7000%'`);
      expect(rowCount).toBe(0);
      const actions = (await auditOf(live)).map(({ action, details }) => [action, details['conforms']]);
      expect(actions.filter(([action]) => action === 'golive.end')).toEqual([['golive.end', true]]);
    });

    it('shows an import with what came of it, and gives its rejected lines as a file', async () => {
      const {
        tab: { page },
      } = environment();
      const answer = await fetch(`${gateway.internalUrl}/admin/import/special-phones`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
        body: 'phone;name;value\n79160000001;discount;10\na cat;discount;10\n',
      });
      expect(await answer.text()).toContain('"done":true');
      await signIn(page);
      await page.goto(`${gateway.internalUrl}/console#/koshelek/imports`);
      await page.getByRole('row', { name: 'Phones with special terms' }).getByText('done').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '1: download' }).click(),
      ]);
      const text = await readFile(await file.path(), 'utf8');
      expect(text.replace('\uFEFF', '').trim().split('\r\n')[1]).toMatch(
        /^"?3"?[;,]"?phone"?[;,]"?is no phone number"?$/,
      );
    });

    it.each(LANGUAGES)(
      'erases a person who was seen first, by a word that is typed and a reason, in %s',
      async (language) => {
        const {
          tab: { page },
        } = environment();
        const words = WORDS[language];
        const card = await makeCard(database);
        await placeOrder(database, 'confirmed', { body: { orderData: [], phone: `+${card.phone}` } });
        await signIn(page);
        await speak(page, language);
        await page.goto(`${gateway.internalUrl}/console#/cards/${card.number}`);
        await page.getByRole('link', { name: words.erase }).click();
        await page.getByRole('button', { name: words.look }).click();
        await page.getByTestId('person').getByText('Вера Р.').waitFor();
        await page.getByRole('table', { name: words.stays }).waitFor();
        expect((await read(gateway, `/cards/${card.number}`)).body).toMatchObject({ holder: { phone: card.phone } });
        const erase = page.getByRole('button', { name: words.forGood });
        await page.getByLabel(words.why).fill('request 17');
        await page.getByLabel(words.confirm).fill('no');
        await erase.click();
        await page.locator('.fault').waitFor();
        await page.getByLabel(words.confirm).fill(words.word);
        await erase.click();
        await page.getByRole('status').getByText(words.done).waitFor();
        expect(page.url()).not.toContain(card.phone);
        expect((await read(gateway, `/cards/${card.number}`)).body).toMatchObject({ state: 'blocked', holder: {} });
        const erasure = await until('the erasure is on record', async () =>
          (await auditOf(gateway)).find(({ action }) => action === 'person.erase'),
        );
        expect(erasure).toMatchObject({ who: 'ops', why: 'request 17', details: { orders: 1 } });
      },
    );
  });
});
