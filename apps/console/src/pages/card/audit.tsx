import { listAudit } from '../../api/audit.js';
import type { CardView } from '../../api/cards.js';
import { AuditTable } from '../../parts/audit-table.js';
import { Loaded, useLoad } from '../../parts/load.js';
import { Section } from '../../parts/page.js';
import { t } from '../../text/t.js';

const SHOWN = '20';

/** Who has done or seen what of this card lately; a change of the card asks again. */
export function CardAudit({ card }: { card: CardView }) {
  const loading = useLoad(() => listAudit({ card: card.number, limit: SHOWN }), [card]);
  return (
    <Section title={t('audit.of-card')}>
      <Loaded of={loading}>
        {({ entries }) => <AuditTable entries={entries} empty={t('audit.of-card.empty')} isOfOneCard />}
      </Loaded>
    </Section>
  );
}
