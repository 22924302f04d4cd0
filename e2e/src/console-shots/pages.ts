import { readFile } from 'node:fs/promises';
import type pg from 'pg';

const ROUTES = new URL('../../../apps/console/src/pages/index.ts', import.meta.url);
/** A line of the router's table, such as `'/orders/:id': OrderPage,`. */
const ROUTE = /^ {2}'(\/[^']+)': \w+,$/gm;

/** What stands in the place of a parameter, also on the pages below: a query for the one that shows most. */
const SUBJECTS: Readonly<Record<string, string>> = {
  '/orders/:id': `select id::text as subject from orders where status = 'unknown' order by reference limit 1`,
  '/order-files/:hash': `select hash as subject from order_files order by begun_at limit 1`,
  '/cards/:number': `select '2900000000007' as subject`,
  '/plans/:id': `select id::text as subject from order_plans order by created_at limit 1`,
};

/** These lead to others. */
const NOT_SHOWN = ['/waiting'];

/** A page of the console: its name in a picture, and its address behind the `#`. */
export interface ShownPage {
  readonly name: string;
  readonly hash: string;
}

/** Every page that the console's router has, but for those that lead to others. @throws Error for a parameter of which nothing is known */
export async function listPages(pool: pg.Pool): Promise<ShownPage[]> {
  const patterns = [...(await readFile(ROUTES, 'utf8')).matchAll(ROUTE)].map(([, pattern = '']) => pattern);
  if (patterns.length === 0) throw new Error(`no page was found in ${ROUTES.pathname}`);
  const pages: ShownPage[] = [];
  for (const pattern of patterns.filter((one) => !NOT_SHOWN.includes(one))) {
    const name = pattern
      .slice(1)
      .replace(/\/:\w+/, '-one')
      .replaceAll('/', '-');
    pages.push({ name, hash: `#${await addressOf(pattern, pool)}` });
  }
  return pages;
}

async function addressOf(pattern: string, pool: pg.Pool): Promise<string> {
  if (!pattern.includes(':')) return pattern;
  const [, query] = Object.entries(SUBJECTS).find(([start]) => pattern.startsWith(start)) ?? [];
  if (query === undefined) throw new Error(`the page ${pattern} needs a row in SUBJECTS of ${import.meta.url}`);
  const { rows } = await pool.query<{ subject: string }>(query);
  if (rows[0] === undefined) throw new Error(`nothing to show on the page ${pattern}: ${query}`);
  return pattern.replace(/:\w+/, encodeURIComponent(rows[0].subject));
}
