import { listPlans, type Plan } from '../api/plans.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { hrefOf } from '../router.js';
import { formatDecimal } from '../text/format.js';
import { t, tWord } from '../text/t.js';

const COLUMNS: readonly Column<Plan>[] = [
  {
    title: t('plan.what'),
    show: ({ id, decision }) => <a href={hrefOf('plans', id)}>{tWord('plan.decision', decision)}</a>,
  },
  { title: t('plan.state'), show: ({ state }) => tWord('plan.state', state) },
  { title: t('plans.count'), show: ({ count }) => formatDecimal(String(count)), isNumber: true },
  { title: t('plans.decided'), show: ({ decided }) => formatDecimal(String(decided)), isNumber: true },
  { title: t('plans.by'), show: ({ who }) => who },
  { title: t('plans.made'), show: ({ createdAt }) => <Moment at={createdAt} /> },
];

/** The last plans: what was to be decided about many orders, and how far each has come. */
export function PlansPage() {
  const loading = useLoad(listPlans, []);
  return (
    <Page title={t('plans.title')}>
      <Loaded of={loading}>
        {({ plans }) => (
          <Table
            caption={t('plans.title')}
            columns={COLUMNS}
            rows={plans}
            keyOf={({ id }) => id}
            empty={t('plans.empty')}
          />
        )}
      </Loaded>
    </Page>
  );
}
