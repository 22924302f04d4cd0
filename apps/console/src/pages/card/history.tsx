import type { Purchase, Receipt, Redemption } from '../../api/cards.js';
import { Day, Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatChange, formatDecimal, formatKopecks, formatPrinted } from '../../text/format.js';

const PURCHASES: readonly Column<Purchase>[] = [
  { title: 'Day', show: ({ date }) => <Day day={date} none="–" /> },
  { title: 'Item', show: ({ item }) => item ?? '–' },
  { title: 'Quantity', show: ({ quantity }) => (quantity === null ? '–' : formatDecimal(quantity)), isNumber: true },
  { title: 'Sum', show: ({ amountKopecks }) => formatKopecks(amountKopecks), isNumber: true },
  { title: 'Bonuses', show: ({ bonuses }) => (bonuses === null ? '–' : formatChange(bonuses)), isNumber: true },
  { title: 'Where', show: ({ location }) => location ?? '–' },
];

export function PurchasesSection({ purchases }: { purchases: readonly Purchase[] }) {
  return (
    <Section title="Last purchases">
      <Table
        caption="The last purchases, the newest first"
        columns={PURCHASES}
        rows={purchases}
        keyOf={(_, at) => String(at)}
        empty="No purchases yet."
      />
    </Section>
  );
}

const RECEIPTS: readonly Column<Receipt>[] = [
  { title: 'Printed', show: ({ printedAt }) => formatPrinted(printedAt) },
  { title: 'Sum', show: ({ sumKopecks }) => formatKopecks(sumKopecks), isNumber: true },
  { title: 'Bonuses', show: ({ bonuses }) => formatChange(bonuses), isNumber: true },
  {
    title: 'ФН, ФД, ФП',
    show: ({ fiscalDrive, document, fiscalSign }) => `${fiscalDrive}, ${document}, ${fiscalSign}`,
  },
];

export function ReceiptsSection({ receipts }: { receipts: readonly Receipt[] }) {
  return (
    <Section title="Last receipts">
      <Table
        caption="The last receipts, the newest first"
        columns={RECEIPTS}
        rows={receipts}
        keyOf={(_, at) => String(at)}
        empty="No receipts yet."
      />
    </Section>
  );
}

const REDEMPTIONS: readonly Column<Redemption>[] = [
  { title: 'When', show: ({ at }) => <Moment at={at} /> },
  { title: 'Code', show: ({ code }) => code },
  { title: 'What', show: ({ description }) => description },
  { title: 'Bonuses', show: ({ bonuses }) => formatChange(bonuses), isNumber: true },
];

export function RedemptionsSection({ redemptions }: { redemptions: readonly Redemption[] }) {
  return (
    <Section title="Last promo codes">
      <Table
        caption="The last promo codes, the newest first"
        columns={REDEMPTIONS}
        rows={redemptions}
        keyOf={(_, at) => String(at)}
        empty="No promo codes yet."
      />
    </Section>
  );
}
