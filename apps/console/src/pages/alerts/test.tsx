import { useState } from 'preact/hooks';
import { testAlerts, type TestedTarget } from '../../api/alerts.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { WHY } from '../../parts/why.js';
import { formatNumber } from '../../text/format.js';
import { t } from '../../text/t.js';

const COLUMNS: readonly Column<TestedTarget>[] = [
  { title: t('alerts.target'), show: ({ name }) => name },
  {
    title: t('alerts.state'),
    show: ({ outcome, httpStatus, detail }) =>
      outcome === 'delivered' ? (
        t('alerts.tested.delivered')
      ) : (
        <span class="bad-cell">
          {t('alerts.tested.failed', { outcome: detail ?? (httpStatus === null ? outcome : `HTTP ${httpStatus}`) })}
        </span>
      ),
  },
  {
    title: t('alerts.took'),
    show: ({ durationMs }) => t('traffic.ms', { ms: formatNumber(durationMs) }),
    isNumber: true,
  },
];

/** Sends a test to every target and shows what came back. */
export function TestAlerts({ onChange }: { onChange: () => void }) {
  const [tested, setTested] = useState<readonly TestedTarget[]>([]);
  const test = async ({ why = '' }: Values): Promise<Problem | undefined> => {
    const result = await testAlerts(why);
    if (!result.ok) return result.problem;
    setTested(result.value.targets);
    onChange();
    return undefined;
  };
  return (
    <Section title={t('alerts.test')}>
      <p class="quiet">{t('alerts.test.hint')}</p>
      <Form fields={[WHY]} submit={t('alerts.test')} clears onSubmit={test} />
      <div role="status">
        {tested.length > 0 && (
          <Table
            caption={t('alerts.tested')}
            columns={COLUMNS}
            rows={tested}
            keyOf={({ name }) => name}
            empty={t('alerts.targets.none')}
          />
        )}
      </div>
    </Section>
  );
}
