import type { Consent } from '../../api/cards.js';
import { Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';

const allowed = (is: boolean): string => (is ? 'allowed' : 'denied');

/** The call that made a change, in words; an unknown call is shown unchanged. */
const SOURCES: Readonly<Record<string, string>> = { koshelek: 'by the holder, through Кошелёк' };

const COLUMNS: readonly Column<Consent>[] = [
  { title: 'Channel', show: ({ channel }) => channel },
  { title: 'Now', show: (consent) => allowed(consent.allowed) },
  {
    title: 'History',
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
    <Section title="Consents">
      <Table
        caption="Channels and the history of each consent"
        columns={COLUMNS}
        rows={consents}
        keyOf={({ channel }) => channel}
        empty="The holder has neither allowed nor denied any channel."
      />
    </Section>
  );
}
