import type { Consent } from '../../api/cards.js';
import { Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { t } from '../../text/t.js';

const allowed = (is: boolean): string => t(is ? 'consents.allowed' : 'consents.denied');

/** The call that made a change, in words; an unknown call is shown unchanged. */
const SOURCES: Readonly<Record<string, string>> = { koshelek: t('consents.koshelek') };

const COLUMNS: readonly Column<Consent>[] = [
  { title: t('consents.channel'), show: ({ channel }) => channel },
  { title: t('consents.now'), show: (consent) => allowed(consent.allowed) },
  {
    title: t('consents.history'),
    show: ({ history }) => (
      <ul class="plain">
        {history.map(({ at, source, allowed: is }) => (
          <li key={at + source}>
            {allowed(is)} <Moment at={at} />, {SOURCES[source] ?? source}
          </li>
        ))}
      </ul>
    ),
  },
];

/** Which channels the holder allows, with the proof: when each was allowed or denied, and through which call. */
export function ConsentsSection({ consents }: { consents: readonly Consent[] }) {
  return (
    <Section title={t('consents.title')}>
      <Table
        caption={t('consents.caption')}
        columns={COLUMNS}
        rows={consents}
        keyOf={({ channel }) => channel}
        empty={t('consents.empty')}
      />
    </Section>
  );
}
