import type { Purchase, Receipt, Redemption } from '../../api/cards.js';
import { Day, Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatChange, formatDecimal, formatKopecks, formatPrinted } from '../../text/format.js';
import { t } from '../../text/t.js';

const PURCHASES: readonly Column<Purchase>[] = [
  { title: t('purchases.day'), show: ({ date }) => <Day day={date} none="–" /> },
  { title: t('purchases.item'), show: ({ item }) => item ?? '–' },
  {
    title: t('purchases.quantity'),
    show: ({ quantity }) => (quantity === null ? '–' : formatDecimal(quantity)),
    isNumber: true,
  },
  { title: t('purchases.sum'), show: ({ amountKopecks }) => formatKopecks(amountKopecks), isNumber: true },
  {
    title: t('purchases.bonuses'),
    show: ({ bonuses }) => (bonuses === null ? '–' : formatChange(bonuses)),
    isNumber: true,
  },
  { title: t('purchases.where'), show: ({ location }) => location ?? '–' },
];

export function PurchasesSection({ purchases }: { purchases: readonly Purchase[] }) {
  return (
    <Section title={t('purchases.title')}>
      <Table
        caption={t('purchases.caption')}
        columns={PURCHASES}
        rows={purchases}
        keyOf={(_, at) => String(at)}
        empty={t('purchases.empty')}
      />
    </Section>
  );
}

const RECEIPTS: readonly Column<Receipt>[] = [
  { title: t('receipts.printed'), show: ({ printedAt }) => formatPrinted(printedAt) },
  { title: t('purchases.sum'), show: ({ sumKopecks }) => formatKopecks(sumKopecks), isNumber: true },
  { title: t('purchases.bonuses'), show: ({ bonuses }) => formatChange(bonuses), isNumber: true },
  {
    title: 'ФН, ФД, ФП',
    show: ({ fiscalDrive, document, fiscalSign }) => `${fiscalDrive}, ${document}, ${fiscalSign}`,
  },
];

export function ReceiptsSection({ receipts }: { receipts: readonly Receipt[] }) {
  return (
    <Section title={t('receipts.title')}>
      <Table
        caption={t('receipts.caption')}
        columns={RECEIPTS}
        rows={receipts}
        keyOf={(_, at) => String(at)}
        empty={t('receipts.empty')}
      />
    </Section>
  );
}

const REDEMPTIONS: readonly Column<Redemption>[] = [
  { title: t('redemptions.when'), show: ({ at }) => <Moment at={at} /> },
  { title: t('redemptions.code'), show: ({ code }) => code },
  { title: t('redemptions.what'), show: ({ description }) => description },
  { title: t('purchases.bonuses'), show: ({ bonuses }) => formatChange(bonuses), isNumber: true },
];

export function RedemptionsSection({ redemptions }: { redemptions: readonly Redemption[] }) {
  return (
    <Section title={t('redemptions.title')}>
      <Table
        caption={t('redemptions.caption')}
        columns={REDEMPTIONS}
        rows={redemptions}
        keyOf={(_, at) => String(at)}
        empty={t('redemptions.empty')}
      />
    </Section>
  );
}
