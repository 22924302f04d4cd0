import { listFiles, type FileProgress } from '../api/order-files.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { hrefOf } from '../router.js';
import { t } from '../text/t.js';
import { ChooseSection } from './order-file/choose.js';
import { placedCount, settledCount } from './order-file/words.js';

const COLUMNS: readonly Column<FileProgress>[] = [
  {
    title: t('files.placed-at'),
    show: ({ hash, begunAt }) => (
      <a href={hrefOf('order-files', hash)}>
        <Moment at={begunAt} />
      </a>
    ),
  },
  { title: t('files.orders'), show: ({ lines }) => lines, isNumber: true },
  { title: t('files.accepted'), show: placedCount, isNumber: true },
  { title: t('files.settled'), show: settledCount, isNumber: true },
];

/** Orders from a spreadsheet: choose one, and see what has become of the earlier ones. */
export function OrderFilesPage() {
  const loading = useLoad(listFiles, []);
  return (
    <Page title={t('files.title')}>
      <ChooseSection title={t('files.choose')} />
      <Section title={t('files.mine')}>
        <Loaded of={loading}>
          {({ files }) => (
            <Table
              caption={t('files.mine')}
              columns={COLUMNS}
              rows={files}
              keyOf={({ hash }) => hash}
              empty={t('files.none')}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}
