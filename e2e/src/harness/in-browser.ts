import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserChoices, openBrowser } from './browser.js';
import { makeCard, type TestCard } from './cards.js';
import { openConsole, type ConsoleTab } from './console.js';
import type { TestDatabase } from './database.js';
import type { GatewayProcess } from './gateway-process.js';

/** What a browser case gets: a gateway, and for each case its own card and tab. */
export interface BrowserEnvironment {
  readonly database: TestDatabase;
  readonly gateway: GatewayProcess;
  readonly browser: Browser;
  readonly tab: ConsoleTab;
  readonly card: TestCard;
}

/**
 * Runs cases in a real browser, where there is one, at a gateway with the role `admin`. After each of them the page must have thrown no error, broken no
 * policy, asked no one but our gateway, and shown the key to no address.
 */
export function describeInBrowser(
  { gateway, database }: Pick<BrowserEnvironment, 'gateway' | 'database'>,
  cases: (environment: () => BrowserEnvironment) => void,
): void {
  for (const program of browserChoices()) {
    describe('in a browser', () => {
      let environment: BrowserEnvironment;
      let browser: Browser;
      beforeAll(async () => {
        browser = await openBrowser(program);
      });
      afterAll(() => browser.close());
      beforeEach(async () => {
        const card = await makeCard(database);
        environment = { database, gateway, browser, card, tab: await openConsole(browser, gateway) };
      });
      afterEach(async () => {
        await environment.tab.close();
        expectClean(environment.tab, gateway);
      });
      cases(() => environment);
    });
  }
}

/** What must hold for every tab at its end. */
export function expectClean({ asked, faults }: ConsoleTab, { internalUrl }: GatewayProcess): void {
  expect(faults).toEqual([]);
  expect(asked.filter((address) => !address.startsWith(internalUrl))).toEqual([]);
  expect(asked.join('\n')).not.toContain('test-admin-key');
}
