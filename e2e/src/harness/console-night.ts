import type { BrowserContextOptions, Page } from 'playwright-core';

export type Language = 'ru' | 'en';

/** In Russian on a phone at night, in English on a desk. */
export const LANGUAGES: Readonly<Record<Language, BrowserContextOptions>> = {
  ru: { locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  en: { locale: 'en-GB' },
};

/** What a person reads and presses on the way through a night. */
export const WORDS = {
  ru: {
    key: 'Ключ администратора',
    signIn: 'Вход',
    evidence: /Скорее исполнен: из фонда без объяснения ушло/,
    executed: /^Исполнен/,
    check: 'Проверить',
    agrees: 'с теми же строками, на 2\u00a0800 ₽',
    why: 'Почему',
    confirm: 'Подтвердить и к следующему',
    decideAll: 'Решить обо всех в списке …',
    what: 'Что сделать',
    makePlan: 'Составить план',
    planned: /^Заказов к решению: 200\./,
    run: 'Выполнить',
    count: /^Сколько заказов/,
    countWrong: 'В плане заказов: 200.',
    sureFirst: 'Без этого заказы не отправить заново.',
    twice: /компания заплатит дважды: ещё/,
    sure: /этих заказов там нет/,
    progress: /^Решено: /,
    done: 'План выполнен. Решено: 200. Пропущено: 0.',
  },
  en: {
    key: 'Admin key',
    signIn: 'Sign in',
    evidence: /Probably executed: .* left the fund unexplained/,
    executed: /^Executed/,
    check: 'Check',
    agrees: 'with the same lines, for 2,800 ₽',
    why: 'Why',
    confirm: 'Confirm, and to the next',
    decideAll: 'Decide about all of this list …',
    what: 'What to do',
    makePlan: 'Make the plan',
    planned: /^Orders to decide about: 200\./,
    run: 'Run it',
    count: /^How many orders/,
    countWrong: 'The plan is about 200 orders.',
    sureFirst: 'Sending again needs this.',
    twice: /the company pays twice/,
    sure: /they are not there/,
    progress: /^Decided: /,
    done: 'The plan is done. Decided: 200. Skipped: 0.',
  },
} as const satisfies Record<Language, Record<string, string | RegExp>>;

export async function signInAs(page: Page, key: string, language: Language): Promise<void> {
  await page.getByLabel(WORDS[language].key).fill(key);
  await page.getByRole('button', { name: WORDS[language].signIn }).click();
  await page.getByRole('navigation').first().waitFor();
}

/** Counts clicks from now on, as long as the document stays. @returns how many there were */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`{
    globalThis.clicks = 0;
    // What the keyboard makes of Enter has no detail.
    addEventListener('click', ({ detail }) => { if (detail > 0) globalThis.clicks += 1; }, true);
  }`);
  return () => page.evaluate<number>('globalThis.clicks');
}

/** Scrolls a long list to its end. @returns the names of its rows by their place; one that changes its place is an error */
export async function readDown(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(`(async () => {
    const names = [];
    for (;;) {
      for (const row of document.querySelectorAll('tr[data-index]')) {
        const at = Number(row.dataset.index);
        const name = row.querySelector('a').textContent;
        if (names[at] !== undefined && names[at] !== name) throw new Error(at + ' was ' + names[at] + ' and is ' + name);
        names[at] = name;
      }
      if (document.querySelectorAll('tr[data-index]').length > 150) throw new Error('all rows are in the document');
      const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      if (isEnd && /That is all/.test(document.querySelector('main').textContent)) return names;
      scrollBy(0, innerHeight / 2);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  })()`);
}
