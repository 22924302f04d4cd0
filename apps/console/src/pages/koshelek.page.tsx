import { useState } from 'preact/hooks';
import { listLoyaltyCalls, type LoyaltyCall, type LoyaltyCallFilter } from '../api/loyalty-calls.js';
import { KoshelekPages } from '../parts/koshelek-pages.js';
import { Form, type Values } from '../parts/form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table, type Column } from '../parts/table.js';
import { OwnSystemSection } from './koshelek/own-system.js';
import { formatDecimal } from '../text/format.js';
import { t } from '../text/t.js';

const COLUMNS: readonly Column<LoyaltyCall>[] = [
  { title: t('audit.when'), show: ({ at }) => <Moment at={at} /> },
  { title: t('calls.method'), show: ({ method }) => method },
  { title: t('calls.code'), show: ({ code }) => (code === 'ok' ? code : <span class="bad-cell">{code}</span>) },
  { title: t('calls.status'), show: ({ httpStatus }) => httpStatus, isNumber: true },
  { title: t('calls.took'), show: ({ durationMs }) => formatDecimal(String(durationMs)), isNumber: true },
  { title: t('calls.card'), show: ({ card }) => card ?? '–' },
  { title: t('calls.request'), show: ({ requestId }) => <span class="id">{requestId}</span> },
];

/** What Кошелёк has called lately, and how it was answered. */
export function KoshelekPage() {
  const [filter, setFilter] = useState<LoyaltyCallFilter>({});
  const choose = async ({ method = '', code = '', requestId = '' }: Values): Promise<undefined> => {
    setFilter({ method, code, requestId });
    return undefined;
  };
  return (
    <Page title={t('koshelek.title')}>
      <KoshelekPages />
      <OwnSystemSection />
      <Form
        fields={[
          { name: 'method', label: t('calls.method'), maxLength: 64 },
          { name: 'code', label: t('calls.code'), maxLength: 16 },
          { name: 'requestId', label: t('calls.request'), maxLength: 128 },
        ]}
        submit={t('action.show')}
        isRow
        onSubmit={choose}
      />
      <Paged filter={filter} ask={listLoyaltyCalls}>
        {(pages) => (
          <Table
            caption={t('koshelek.calls')}
            columns={COLUMNS}
            rows={pages.flatMap(({ calls }) => calls)}
            keyOf={({ id }) => id}
            empty={t('koshelek.none')}
          />
        )}
      </Paged>
    </Page>
  );
}
