import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds on a page that keeps someone from using it, one line for each. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
}

const CONTROLS = 'a[href], button, input:not([type=radio]), select, textarea, summary';

/** The controls that no press of Tab leads to. */
export async function unreachedByTab(page: Page): Promise<string[]> {
  const count = await page.evaluate<number>(`(() => {
    const shown = [...document.querySelectorAll('${CONTROLS}')].filter((control) => control.checkVisibility());
    shown.forEach((control) => control.setAttribute('data-unreached', ''));
    document.activeElement?.blur();
    return shown.length;
  })()`);
  // A field for a day takes several presses, and a whole round begins somewhere in the middle.
  for (let presses = 0; presses < 2 * count + 10; presses += 1) {
    await page.keyboard.press('Tab');
    await page.evaluate(`document.activeElement?.removeAttribute('data-unreached')`);
  }
  return await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-unreached]')].map((control) => control.outerHTML)`,
  );
}
