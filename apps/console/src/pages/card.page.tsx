import { lookAtCard, type CardView, type Holder } from '../api/cards.js';
import { Badge } from '../parts/badge.js';
import { Fact } from '../parts/fact.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Day, Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { useIsAdmin, useMayDecide } from '../session.js';
import { formatPhone } from '../text/format.js';
import type { PageProps } from './index.js';
import { CardActions } from './card/actions.js';
import { CardAudit } from './card/audit.js';
import { BalanceSection } from './card/balance.js';
import { ConsentsSection } from './card/consents.js';
import { PurchasesSection, ReceiptsSection, RedemptionsSection } from './card/history.js';
import { t } from '../text/t.js';

/** Everything about one card, its holder in clear, and what can be done to it. */
export function CardPage({ params }: PageProps) {
  const { number = '' } = params;
  const loading = useLoad(() => lookAtCard(number), [number]);
  const isAdmin = useIsAdmin();
  const mayDecide = useMayDecide();
  return (
    <Page title={t('card.title', { number })}>
      <Loaded of={loading}>
        {(card) => (
          <>
            <p class="facts">
              <Badge of="card.state" word={card.state} />
              <Fact title={t('card.barcode')}>
                {card.barcode.number} ({card.barcode.type})
              </Fact>
              <Fact title={t('card.since')}>
                <Moment at={card.createdAt} />
              </Fact>
            </p>
            <div class="columns">
              <HolderSection holder={card.holder} />
              <BalanceSection balance={card.balance} />
            </div>
            {mayDecide && <CardActions card={card} onChange={loading.reload} />}
            {isAdmin && card.holder.phone !== null && (
              <p>
                <a href={hrefOf('cards', number, 'erasure')}>{t('erasure.of-holder')}</a>
              </p>
            )}
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

const SEX: Readonly<Record<string, string>> = { m: t('holder.sex.m'), f: t('holder.sex.f') };

function HolderSection({ holder }: { holder: CardView['holder'] }) {
  const { phone, email, birthDate, sex } = holder;
  const facts = [
    [t('holder.name'), nameOf(holder)],
    [t('holder.phone'), phone && formatPhone(phone)],
    [t('holder.email'), email],
    [t('holder.born'), birthDate && <Day day={birthDate} none="" />],
    [t('holder.sex'), sex && (SEX[sex] ?? sex)],
    [t('holder.place'), [holder.locality, holder.countryCode].filter(Boolean).join(', ')],
  ] as const;
  return (
    <Section title={t('holder.title')}>
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
