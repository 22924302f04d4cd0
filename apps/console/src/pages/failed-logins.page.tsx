import { listFailedLogins, type FailedLogin } from '../api/failed-logins.js';
import { KoshelekPages } from '../parts/koshelek-pages.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { formatDecimal } from '../text/format.js';
import { t, tWord } from '../text/t.js';

const COLUMNS: readonly Column<FailedLogin>[] = [
  {
    title: t('logins.address'),
    show: ({ address }) => (address === 'others' ? t('logins.others') : <span class="id">{address}</span>),
  },
  { title: t('logins.listener'), show: ({ listener }) => tWord('logins.listener', listener) },
  { title: t('logins.failures'), show: ({ failures }) => formatDecimal(String(failures)), isNumber: true },
  { title: t('logins.slowed'), show: ({ slowed }) => formatDecimal(String(slowed)), isNumber: true },
  { title: t('logins.last'), show: ({ lastAt }) => <Moment at={lastAt} /> },
];

/** From where wrong secrets were tried in the last day. */
export function FailedLoginsPage() {
  const loading = useLoad(listFailedLogins, []);
  return (
    <Page title={t('logins.title')}>
      <KoshelekPages />
      <p class="quiet">{t('logins.what')}</p>
      <Loaded of={loading}>
        {({ logins }) => (
          <Table
            caption={t('logins.caption')}
            columns={COLUMNS}
            rows={logins}
            keyOf={({ listener, address }) => `${listener} ${address}`}
            empty={t('logins.none')}
          />
        )}
      </Loaded>
    </Page>
  );
}
