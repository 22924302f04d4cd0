import type { CardView, Lot } from '../../api/cards.js';
import { Day } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatDecimal } from '../../text/format.js';
import { t } from '../../text/t.js';

const COLUMNS: readonly Column<Lot>[] = [
  { title: t('balance.lot'), show: ({ description }) => description },
  { title: t('balance.left'), show: ({ rest }) => formatDecimal(rest), isNumber: true },
  { title: t('balance.of'), show: ({ amount }) => formatDecimal(amount), isNumber: true },
  { title: t('balance.from'), show: ({ availableFrom }) => <Day day={availableFrom} none={t('balance.now')} /> },
  { title: t('balance.until'), show: ({ validUntil }) => <Day day={validUntil} none={t('balance.forever')} /> },
];

/** What the card has, and the lots it is made of, in the order they are spent. */
export function BalanceSection({ balance }: { balance: CardView['balance'] }) {
  return (
    <Section title={t('balance.title')}>
      <p class="balance">
        <span>
          <strong data-testid="available">{formatDecimal(balance.available)}</strong>{' '}
          <span class="quiet">{t('balance.available')}</span>
        </span>
        <span>
          <strong>{formatDecimal(balance.total)}</strong> <span class="quiet">{t('balance.total')}</span>
        </span>
      </p>
      <Table
        caption={t('balance.caption')}
        columns={COLUMNS}
        rows={balance.lots}
        keyOf={({ id }) => id}
        empty={t('balance.empty')}
      />
    </Section>
  );
}
