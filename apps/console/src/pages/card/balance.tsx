import type { CardView, Lot } from '../../api/cards.js';
import { Day } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatDecimal } from '../../text/format.js';

const COLUMNS: readonly Column<Lot>[] = [
  { title: 'Lot', show: ({ description }) => description },
  { title: 'Left', show: ({ rest }) => formatDecimal(rest), isNumber: true },
  { title: 'Of', show: ({ amount }) => formatDecimal(amount), isNumber: true },
  { title: 'From', show: ({ availableFrom }) => <Day day={availableFrom} none="now" /> },
  { title: 'Until', show: ({ validUntil }) => <Day day={validUntil} none="for good" /> },
];

/** What the card has, and the lots it is made of, in the order they are spent. */
export function BalanceSection({ balance }: { balance: CardView['balance'] }) {
  return (
    <Section title="Balance">
      <p class="balance">
        <span>
          <strong data-testid="available">{formatDecimal(balance.available)}</strong>{' '}
          <span class="quiet">bonuses available</span>
        </span>
        <span>
          <strong>{formatDecimal(balance.total)}</strong> <span class="quiet">in total</span>
        </span>
      </p>
      <Table
        caption="Lots of bonuses, in the order they are spent"
        columns={COLUMNS}
        rows={balance.lots}
        keyOf={({ id }) => id}
        empty="No bonuses at the moment."
      />
    </Section>
  );
}
