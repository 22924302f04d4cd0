import { useState } from 'preact/hooks';
import { findCards, type CardSearch, type ListedCard } from '../api/cards.js';
import { Badge } from '../parts/badge.js';
import { Form, type Field, type Values } from '../parts/form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table, type Column } from '../parts/table.js';
import { hrefOf } from '../router.js';
import { useIsAdmin } from '../session.js';
import { t } from '../text/t.js';

const NOTHING: CardSearch = { number: '', phone: '', email: '' };
/** Kept in memory only, for the way back from a card: a URL must not contain a phone. */
let remembered = NOTHING;

const COLUMNS: readonly Column<ListedCard>[] = [
  { title: t('cards.card'), show: ({ number }) => <a href={hrefOf('cards', number)}>{number}</a> },
  { title: t('cards.state'), show: ({ state }) => <Badge of="card.state" word={state} /> },
  { title: t('cards.holder'), show: ({ holder }) => holder.name ?? '–' },
  { title: t('cards.phone'), show: ({ holder }) => holder.phone ?? '–' },
  { title: t('cards.email'), show: ({ holder }) => holder.email ?? '–' },
  { title: t('cards.since'), show: ({ createdAt }) => <Moment at={createdAt} /> },
];

function fieldsFor({ number, phone, email }: CardSearch): Field[] {
  return [
    { name: 'number', label: t('cards.number'), value: number, maxLength: 50 },
    { name: 'phone', label: t('cards.phone'), type: 'tel', value: phone, maxLength: 255 },
    { name: 'email', label: t('cards.email'), type: 'email', value: email, maxLength: 255 },
  ];
}

/** Finds cards; without a search all of them, the newest first. */
export function CardsPage() {
  const [search, setSearch] = useState(remembered);
  const [round, setRound] = useState(0);
  const isAdmin = useIsAdmin();
  const isSearch = search.number + search.phone + search.email !== '';

  const find = async ({ number = '', phone = '', email = '' }: Values): Promise<undefined> => {
    remembered = { number, phone, email };
    setSearch(remembered);
    return undefined;
  };
  const clear = (): void => {
    void find({});
    setRound(round + 1);
  };

  return (
    <Page title={t('cards.title')}>
      <Form key={round} fields={fieldsFor(search)} submit={t('action.find')} isRow onSubmit={find} />
      {isSearch && (
        <p>
          <button type="button" onClick={clear}>
            {t('cards.all')}
          </button>
        </p>
      )}
      {isAdmin && (
        <p>
          <a href={hrefOf('erasure')}>{t('erasure.title')}</a>
        </p>
      )}
      <Paged filter={search} ask={findCards}>
        {(pages) => (
          <Table
            caption={t(isSearch ? 'cards.found' : 'cards.newest')}
            columns={COLUMNS}
            rows={pages.flatMap(({ cards }) => cards)}
            keyOf={({ number }) => number}
            empty={t(isSearch ? 'cards.none-found' : 'cards.none')}
          />
        )}
      </Paged>
    </Page>
  );
}
