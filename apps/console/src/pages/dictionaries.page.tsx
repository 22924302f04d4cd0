import { lookAtDictionaries, type CardType, type Region, type Tariff } from '../api/dictionaries.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { formatRoubles } from '../text/format.js';
import { t } from '../text/t.js';

const ID = { title: t('dictionaries.id'), show: ({ id }: { id: number }) => id, isNumber: true } as const;
const NAME = { title: t('dictionaries.name'), show: ({ name }: { name: string | null }) => name ?? '–' } as const;
const orNone = (amount: number | null): string => (amount === null ? '–' : formatRoubles(amount));

const TARIFFS: readonly Column<Tariff>[] = [
  ID,
  NAME,
  {
    title: t('dictionaries.price'),
    show: ({ priceMin, priceMax }) =>
      priceMin === priceMax ? orNone(priceMin) : `${orNone(priceMin)} – ${orNone(priceMax)}`,
    isNumber: true,
  },
  { title: t('dictionaries.group'), show: ({ ticketGroup }) => ticketGroup ?? '–' },
  { title: t('dictionaries.days'), show: ({ validityDays }) => validityDays ?? '–', isNumber: true },
  { title: t('dictionaries.zone'), show: ({ zone }) => zone ?? '–' },
];
const CARD_TYPES: readonly Column<CardType>[] = [
  ID,
  NAME,
  { title: t('dictionaries.price'), show: ({ price }) => orNone(price), isNumber: true },
  { title: t('dictionaries.deposit'), show: ({ deposit }) => orNone(deposit), isNumber: true },
];
const REGIONS: readonly Column<Region>[] = [ID, NAME];

/** What orders may name: tariffs, kinds of cards and regions, as Тройка Бизнес has given them. */
export function DictionariesPage() {
  const loading = useLoad(lookAtDictionaries, []);
  return (
    <Page title={t('dictionaries.title')}>
      <Loaded of={loading}>
        {({ tariffs, cardTypes, regions }) => (
          <>
            <Dictionary title={t('dictionaries.tariffs')} columns={TARIFFS} rows={tariffs.tariffs} of={tariffs} />
            <Dictionary
              title={t('dictionaries.card-types')}
              columns={CARD_TYPES}
              rows={cardTypes.cardTypes}
              of={cardTypes}
            />
            <Dictionary title={t('dictionaries.regions')} columns={REGIONS} rows={regions.regions} of={regions} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface DictionaryProps<Row> {
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly of: { readonly fetchedAt: string; readonly stale: boolean };
}

function Dictionary<Row extends { readonly id: number }>({ title, columns, rows, of }: DictionaryProps<Row>) {
  return (
    <Section title={title}>
      <p class={of.stale ? 'note' : 'quiet'}>
        {t(of.stale ? 'dictionaries.stale' : 'dictionaries.read')} <Moment at={of.fetchedAt} />
      </p>
      <Table
        caption={title}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => String(id)}
        empty={t('dictionaries.none')}
      />
    </Section>
  );
}
