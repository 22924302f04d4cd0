import type { ErasurePreview, Rows } from '../../api/erasures.js';
import { Fact } from '../../parts/fact.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatDecimal } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';

type Row = readonly [table: string, count: number];

const columnsFor = (what: (table: string) => string): readonly Column<Row>[] => [
  { title: t('erasure.what'), show: ([table]) => what(table) },
  { title: t('erasure.rows'), show: ([, count]) => formatDecimal(String(count)), isNumber: true },
];
const GOES = columnsFor((table) => tWord('erasure.goes', table));
const STAYS = columnsFor((table) => tWord('erasure.stays', table));

const there = (rows: Rows): Row[] => Object.entries(rows).filter(([, count]) => count > 0);

/** What an erasure takes and what it leaves. */
export function PreviewSection({
  preview: { cards, holder, orders, pending, goes, stays },
}: {
  preview: ErasurePreview;
}) {
  return (
    <>
      <p class="facts" data-testid="person">
        <Fact title={t('cards.holder')}>{holder ?? '–'}</Fact>
        <Fact title={t('erasure.cards')}>{cards.length === 0 ? '–' : cards.join(', ')}</Fact>
      </p>
      {pending > 0 && <p class="note">{t('erasure.pending', { count: pending })}</p>}
      <div class="columns columns-even">
        <Section title={t('erasure.goes')}>
          <Table
            caption={t('erasure.goes')}
            columns={GOES}
            rows={there({ orders: orders + pending, ...goes })}
            keyOf={([table]) => table}
            empty={t('erasure.nothing')}
          />
        </Section>
        <Section title={t('erasure.stays')}>
          <Table
            caption={t('erasure.stays')}
            columns={STAYS}
            rows={there(stays)}
            keyOf={([table]) => table}
            empty={t('erasure.nothing-stays')}
          />
        </Section>
      </div>
    </>
  );
}
