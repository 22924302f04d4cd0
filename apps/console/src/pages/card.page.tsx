import { lookAtCard, type CardView, type Holder } from '../api/cards.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Day, Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { StateBadge } from '../parts/state-badge.js';
import { formatPhone } from '../text/format.js';
import type { PageProps } from './index.js';
import { CardActions } from './card/actions.js';
import { CardAudit } from './card/audit.js';
import { BalanceSection } from './card/balance.js';
import { ConsentsSection } from './card/consents.js';
import { PurchasesSection, ReceiptsSection, RedemptionsSection } from './card/history.js';

/** Everything about one card, its holder in clear, and what can be done to it. */
export function CardPage({ params }: PageProps) {
  const { number = '' } = params;
  const loading = useLoad(() => lookAtCard(number), [number]);
  return (
    <Page title={`Card ${number}`}>
      <Loaded of={loading}>
        {(card) => (
          <>
            <p class="facts">
              <StateBadge state={card.state} />
              <span>
                <span class="quiet">Barcode</span> {card.barcode.number} ({card.barcode.type})
              </span>
              <span>
                <span class="quiet">Since</span> <Moment at={card.createdAt} />
              </span>
            </p>
            <div class="columns">
              <HolderSection holder={card.holder} />
              <BalanceSection balance={card.balance} />
            </div>
            <CardActions card={card} onChange={loading.reload} />
            <ConsentsSection consents={card.consents} />
            <PurchasesSection purchases={card.purchases} />
            <ReceiptsSection receipts={card.receipts} />
            <RedemptionsSection redemptions={card.redemptions} />
            <CardAudit card={card} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const SEX: Readonly<Record<string, string>> = { m: 'male', f: 'female' };

function HolderSection({ holder }: { holder: CardView['holder'] }) {
  const { phone, email, birthDate, sex } = holder;
  const facts = [
    ['Name', nameOf(holder)],
    ['Phone', phone && formatPhone(phone)],
    ['E-mail', email],
    ['Born', birthDate && <Day day={birthDate} none="" />],
    ['Sex', sex && (SEX[sex] ?? sex)],
    ['Place', [holder.locality, holder.countryCode].filter(Boolean).join(', ')],
  ] as const;
  return (
    <Section title="Holder">
      <dl>
        {facts.map(([title, fact]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{fact || '–'}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function nameOf({ firstname, patronymic, surname }: Holder): string {
  return [firstname, patronymic, surname].filter(Boolean).join(' ');
}
