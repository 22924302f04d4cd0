import type { FundReport, FundSuspect } from '../../api/reports.js';
import { Badge } from '../../parts/badge.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { hrefOf } from '../../router.js';
import { formatMomentIn, formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';
import { nameOf } from '../order/words.js';

/** The orders that could explain what is left. */
export function Suspects({ report: { suspects, moreSuspects, zone } }: { report: FundReport }) {
  const columns: Column<FundSuspect>[] = [
    {
      title: t('orders.order'),
      show: ({ id, reference }) => <a href={hrefOf('orders', id)}>{nameOf({ id, reference })}</a>,
    },
    { title: t('orders.status'), show: ({ status }) => <Badge of="status" word={status} /> },
    { title: t('orders.by'), show: ({ key }) => key },
    { title: t('fund.began'), show: ({ startedAt }) => formatMomentIn(startedAt, zone) },
    { title: t('fund.cost'), show: ({ cost }) => (cost === null ? '–' : formatRoubles(cost)), isNumber: true },
  ];
  return (
    <Section title={t('fund.suspects')}>
      <p class="quiet">{t('fund.suspects.about')}</p>
      <Table
        caption={t('fund.suspects')}
        columns={columns}
        rows={suspects}
        keyOf={({ id }) => id}
        empty={t('fund.suspects.none')}
      />
      {moreSuspects && <p class="quiet">{t('fund.suspects.more')}</p>}
    </Section>
  );
}
