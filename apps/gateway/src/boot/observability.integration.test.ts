import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO } from '../config/demo-secrets.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const FOLDER = join(REPOSITORY, 'docker/observability');
const RULES = readFileSync(join(FOLDER, 'alerts.yml'), 'utf8');
/** The queries of every panel and variable of a dashboard. */
const QUERIES = ['orders', 'processes'].flatMap((name) => {
  const text = readFileSync(join(FOLDER, `grafana/dashboards/${name}.json`), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { targets: { expr: string }[] }[] };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
});

const EXAMPLES: Readonly<Record<string, string>> = { kind: 'databaseaway', reason: 'ledgerrestored' };

const folder = mkdtempSync(join(tmpdir(), 'observability-'));
let database: TestDatabase;
let gateway: Gateway;
let page: string;

beforeAll(async () => {
  database = await openTestDatabase();
  gateway = await startTestGateway(database, {
    ...DEMO,
    TROIKA_URL: 'http://127.0.0.1:9',
    ALERT_WEBHOOKS: 'ops=slack:http://127.0.0.1:1025/hook',
    SEND_JOURNAL_DIR: folder,
  });
  const key = DEMO.ADMIN_API_KEYS.replace(/^.*:/, '');
  const answer = await fetch(`${gateway.internalUrl}/admin/metrics`, { headers: { authorization: `Bearer ${key}` } });
  page = await answer.text();
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
  rmSync(folder, { recursive: true });
});

it('has every metric that the rules and the dashboards name', () => {
  const types = new Map([...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const named = `${RULES}\n${QUERIES.join('\n')}`.match(/\b(?:vestibule|nodejs|process)_[a-z0-9_]+\b/g) ?? [];
  const isThere = (name: string): boolean =>
    types.has(name) || types.get(name.replace(/_(?:bucket|count|sum)$/, '')) === 'histogram';
  expect(new Set(named).size).toBeGreaterThan(30);
  expect([...new Set(named)].filter((name) => !isThere(name))).toEqual([]);
});

it('links each alert to an entry of the runbook that is there, in English and in Russian', () => {
  const alerts = RULES.match(/- alert: /g) ?? [];
  for (const [label, name] of [
    ['runbook_url', 'runbook.md'],
    ['runbook_url_ru', 'runbook.ru.md'],
  ] as const) {
    const text = readFileSync(join(REPOSITORY, 'docs/operations', name), 'utf8');
    const headings = [...text.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
    const anchors = headings.map((heading) => heading.toLowerCase().replaceAll('.', ''));
    const links = [...RULES.matchAll(new RegExp(` ${label}: '\\{\\{ \\$externalLabels\\.runbook \\}\\}/(.*)'$`, 'gm'))];
    expect(links).toHaveLength(alerts.length);
    // Where the kind or the reason is a label, one of its values; each kind has an entry.
    const targets = links.map(([, link = '']) =>
      link.replace(/\{\{ \$labels\.(kind|reason) .*\}\}$/, (_, of: string) => EXAMPLES[of] ?? ''),
    );
    expect(targets.filter((link) => !anchors.some((anchor) => link === `${name}#${anchor}`))).toEqual([]);
  }
});

const promtool = (...args: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input: page, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const isThere = spawnSync('promtool', ['--version']).error === undefined;
if (!isThere && process.env['VESTIBULE_REQUIRE_TOOLS']) {
  throw new Error('VESTIBULE_REQUIRE_TOOLS is set, and there is no promtool');
}
(isThere ? describe : describe.skip)('promtool', () => {
  it('finds nothing to complain about in the metrics of a gateway', () => {
    expect(promtool('check', 'metrics')).toEqual({ status: 0, said: '' });
  });

  it('accepts the configuration, the rules and the queries of the dashboards', () => {
    const queries = join(folder, 'queries.yml');
    const records = QUERIES.map((expr) => ({ record: 'query', expr: expr.replaceAll(/\$__\w+/g, '5m') }));
    // JSON is YAML.
    writeFileSync(queries, JSON.stringify({ groups: records.map((rule, at) => ({ name: `${at}`, rules: [rule] })) }));
    const config = ['check', 'config', '--syntax-only', join(FOLDER, 'prometheus.yml')];
    for (const args of [config, ['check', 'rules', join(FOLDER, 'alerts.yml')], ['check', 'rules', queries]]) {
      const { status, said } = promtool(...args);
      expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
    }
  });

  it('sees the alerts of three outages fire and end: of the partner, of PostgreSQL, and of orders that do not leave', () => {
    const { status, said } = promtool('test', 'rules', join(FOLDER, 'alerts.test.yml'));
    expect({ status, said: status === 0 ? '' : said }).toEqual({ status: 0, said: '' });
  });
});
